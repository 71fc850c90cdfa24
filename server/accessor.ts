/**
 * How pages reach the services of this process: `main.ts` leaves them on `globalThis` before Next starts, so Next
 * bundles nothing of the server, and there is one database client and one hub. The only module of `server/` that
 * `app/` may import.
 */
import type { Services } from './services/services.ts'

const key = Symbol.for('postil')

/** The services of this process. Throws when called outside of a running server. */
export function services(): Services {
  const found: unknown = Reflect.get(globalThis, key)
  if (!isServices(found)) throw new Error('Postil is not running: start it with npm start')
  return found
}

/** Called once by `main.ts`. */
export function provideServices(value: Services): void {
  Reflect.set(globalThis, key, value)
}

function isServices(value: unknown): value is Services {
  return typeof value === 'object' && value !== null && 'documents' in value && 'threads' in value
}
