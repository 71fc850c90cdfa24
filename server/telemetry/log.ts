/**
 * The log: one JSON object a line. What is logged while a request is answered carries its `requestId`; what concerns a
 * room says `room`. Nobody's words, tokens or cookies stand in it: errors pass `safe-error.ts`, and addresses are
 * logged as route patterns.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import pino, { type DestinationStream, type Logger } from 'pino'
import { toSafeError } from './safe-error.ts'

const requests = new AsyncLocalStorage<{ readonly requestId: string }>()

/** Runs `work` so that everything it logs, now or later, carries the id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return requests.run({ requestId }, work)
}

/** The log of one server, on standard error unless it is given another way out. */
export function createLog(level: string, out: DestinationStream = pino.destination(2)): Logger {
  return pino(
    { level, mixin: () => ({ ...requests.getStore() }), serializers: { err: (error) => toSafeError(error) } },
    out,
  )
}
