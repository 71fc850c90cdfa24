/**
 * The log: one JSON object a line. What is logged while a request is answered carries its `requestId`; what concerns a
 * room says `room`. Nobody's words, tokens or cookies stand in it: errors pass `safe-error.ts`, and addresses are
 * logged as route patterns.
 */
import pino, { type DestinationStream, type Logger } from 'pino'
import { currentRequestId } from './request-context.ts'
import { toSafeError } from './safe-error.ts'

/** The log of one server, on standard error unless it is given another way out. */
export function createLog(level: string, out: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, mixin: withRequestId, serializers: { err: (error) => toSafeError(error) } }, out)
}

function withRequestId(): { readonly requestId?: string } {
  const requestId = currentRequestId()
  return requestId === undefined ? {} : { requestId }
}
