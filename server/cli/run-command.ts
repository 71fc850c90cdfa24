/** Runs a command against services, wherever the input came from. */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import type { Command, CommandContext } from './command.ts'
import { commands, isCommandName } from './commands.ts'

/** What came of a command: its output for programs, and in words for people. */
export interface Outcome {
  readonly output: unknown
  readonly words: string
}

/** Checks `input` and runs the command called `name`. Throws AppError for a wrong name or input. */
export async function runCommand(context: CommandContext, name: string, input: unknown): Promise<Outcome> {
  if (!isCommandName(name)) throw new AppError('invalid', `there is no command ${name}`)
  // Each command is called with what its own schema let through, so the pairing of types is safe here.
  return run(context, commands[name] as Command<unknown, unknown>, input)
}

async function run<Input, Output>(
  context: CommandContext,
  command: Command<Input, Output>,
  input: unknown,
): Promise<Outcome> {
  const checked = command.input.safeParse(input)
  if (!checked.success) throw new AppError('invalid', z.prettifyError(checked.error).replaceAll('\n', ' '))
  const output = await command.run(context, checked.data)
  return { output, words: command.describe(output) }
}
