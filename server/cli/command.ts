/**
 * What a command of `npm run postil` is. A command runs where the services are: in the running server, reached over
 * its control socket, or in the command line's own process when none runs. So its input is plain JSON, made by the
 * command line (which asks for passwords and resolves paths), and its output is plain JSON, printed by it.
 */
import type { z } from 'zod'
import type { Services } from '../services/services.ts'

/** What a command is run with. */
export interface CommandContext {
  readonly services: Services
  /** Reports the share that is done, 0 to 1, and what is being done. */
  readonly onProgress: (done: number, label: string) => void
}

/** A command as both sides know it. */
export interface Command<Input, Output> {
  /** Whether it runs only where no server has the data folder. */
  readonly needsStoppedServer?: true
  /** Checks input that came over the socket. */
  readonly input: z.ZodType<Input>
  /** Does it. Throws AppError with one line for what cannot be done. */
  run(context: CommandContext, input: Input): Promise<Output>
  /** What a person reads when it is done. */
  describe(output: Output): string
}

/** Infers the types of a command from its parts. */
export function defineCommand<Input, Output>(command: Command<Input, Output>): Command<Input, Output> {
  return command
}
