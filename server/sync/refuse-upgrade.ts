/** Answers an upgrade request that is refused, in plain HTTP. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError } from '#domain/app-error.ts'
import type { Problem } from '#domain/wire/shared.ts'
import { toProblem } from '../problem.ts'

/** What somebody is told who may not come in; what was not expected is a 503 that hides its text. */
export function toRefusal(error: unknown): Problem {
  const expected =
    error instanceof AppError ? error : new AppError('unavailable', 'Notes cannot be reached at the moment.')
  return toProblem(expected)
}

/** Ends the request with the problem document of `error`; answers its status. */
export function refuseUpgrade(socket: Duplex, error: unknown): number {
  const problem = toRefusal(error)
  const body = JSON.stringify(problem)
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(typeof problem.retryAfter === 'number' ? [`Retry-After: ${problem.retryAfter}`] : []),
    ...(problem.status === 401 ? ['WWW-Authenticate: Bearer realm="postil"'] : []),
  ]
  socket.once('finish', () => socket.destroy())
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
  return problem.status
}
