/** All services over a fresh database, for one test file. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { OidcSettings } from '#server/auth/oidc.ts'
import type { Database } from '#server/db/database.ts'
import type { SendMail } from '#server/mail/send-mail.ts'
import type { Services } from '#server/services/services.ts'
import { startServices } from '#server/services/start-services.ts'
import { openTestDatabase } from './test-database.ts'

export interface TestServices {
  readonly services: Services
  readonly database: Database
  /** Moves the services' clock on. */
  advance(ms: number): void
}

/** What may be said of the services. */
export interface TestServiceOptions {
  /** Null, and when it is left out: a server that sends no mail. */
  readonly sendMail?: SendMail | null
  /** Null, and when it is left out: nobody signs in elsewhere. */
  readonly oidc?: OidcSettings | null
}

/** Starts the services over a fresh database, which closes after the test file, or over one that its opener closes. */
export async function startTestServices(
  opened?: Database,
  { sendMail = null, oidc = null }: TestServiceOptions = {},
): Promise<TestServices> {
  const database = opened ?? (await openTestDatabase())
  let ahead = 0
  const services = startServices({
    database,
    log: pino({ level: 'silent' }),
    now: () => Date.now() + ahead,
    newId: randomUUID,
    secret: 'a secret for tests, of 32 letters',
    publicUrl: () => 'http://127.0.0.1:3000',
    sendMail,
    oidc,
  })
  return {
    services,
    database,
    advance(ms) {
      ahead += ms
    },
  }
}
