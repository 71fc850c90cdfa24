/**
 * How the command line reaches a running server: a Unix socket in the data folder, one JSON value a line.
 *
 * The caller sends `{command, input}`; the server answers with any number of `{progress, label}` and ends with
 * `{outcome}` or `{error}`. Who can open the socket owns the data folder and may do everything the commands do.
 */
import { chmod } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import type { Services } from '../services/services.ts'
import type { CommandContext } from './command.ts'
import { needsStoppedServer } from './commands.ts'
import { type Outcome, runCommand } from './run-command.ts'

const request = z.object({ command: z.string(), input: z.unknown() })

const answer = z.union([
  z.object({ progress: z.number(), label: z.string() }),
  z.object({ outcome: z.object({ output: z.unknown(), words: z.string() }) }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
])

/** Listens at `path` and runs what it is sent. */
export async function serveControl(path: string, services: Services): Promise<{ close(): Promise<void> }> {
  const server = createServer((socket) => void serve(socket, services))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  await chmod(path, 0o600)
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

async function serve(socket: Socket, services: Services): Promise<void> {
  const say = (message: unknown) => socket.write(`${JSON.stringify(message)}\n`)
  socket.on('error', () => socket.destroy())
  try {
    for await (const line of createInterface({ input: socket })) {
      const { command, input } = request.parse(JSON.parse(line))
      if (needsStoppedServer(command)) throw new AppError('conflict', `${command} needs a stopped server`)
      const context: CommandContext = { services, onProgress: (progress, label) => say({ progress, label }) }
      const outcome = await runCommand(context, command, input)
      say({ outcome: { words: outcome.words, output: outcome.output ?? null } })
      break
    }
  } catch (error) {
    say({ error: toMessage(error) })
  }
  socket.end()
}

function toMessage(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) }
}

/**
 * Has the server that listens at `path` run a command. Null when nobody listens there. Throws what the server
 * answered: AppError for what was refused.
 */
export async function callControl(
  path: string,
  command: string,
  input: unknown,
  onProgress: CommandContext['onProgress'],
): Promise<Outcome | null> {
  const socket = await open(path)
  if (!socket) return null
  socket.write(`${JSON.stringify({ command, input })}\n`)
  try {
    for await (const line of createInterface({ input: socket })) {
      const message = answer.parse(JSON.parse(line))
      if ('progress' in message) onProgress(message.progress, message.label)
      else if ('outcome' in message) return message.outcome
      // The code was made by the same table on the other side.
      else throw new AppError(message.error.code as ErrorCode, message.error.message)
    }
  } finally {
    socket.destroy()
  }
  throw new AppError('unavailable', 'the server ended before it had answered')
}

function open(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}
