/** What every service is made with. */
import type { Logger } from 'pino'
import type { OidcSettings } from '../auth/oidc.ts'
import type { Database } from '../db/database.ts'
import type { Limiters } from '../limiters.ts'
import type { SendMail } from '../mail/send-mail.ts'

export interface ServiceContext {
  readonly database: Database
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A fresh UUID. */
  readonly newId: () => string
  /** Signs cookies; also the key of what is hashed with a key. */
  readonly secret: string
  /** Where people reach this server, without a trailing slash. Known once it listens. */
  readonly publicUrl: () => string
  /** Counts what is limited; left out: in this process. */
  readonly limiters?: Limiters
  /** Null: this server sends no mail, and links are shown to whoever may hand them on. */
  readonly sendMail: SendMail | null
  /** Where people may sign in elsewhere; null: nowhere. */
  readonly oidc: OidcSettings | null
}
