/** Accounts, their sessions and their API tokens. */
import type { Actor } from '#domain/policy/actor.ts'
import type { AccountChange, AccountRow, NewToken, TokenRow } from '#domain/wire/account.ts'
import type { Me } from '#domain/wire/group.ts'
import type { PersonRef } from '#domain/wire/shared.ts'

export interface AccountService {
  /** Makes an account with its private layer. `password` null: the person cannot sign in by password yet. */
  create(actor: Actor | 'server', account: NewAccount): Promise<AccountRow>
  /** The person whose e-mail and password these are, or null; takes the same time either way. */
  verifyPassword(email: string, password: string): Promise<{ userId: string } | null>
  startSession(userId: string, userAgent: string | null): Promise<{ sessionId: string }>
  endSession(sessionId: string): Promise<void>
  /** Everyone with an account, for administrators; deleted ones are not listed. */
  list(actor: Actor): Promise<readonly AccountRow[]>
  /**
   * What an administrator changes of an account. Whoever is disabled loses sessions, tokens and sockets at once, for
   * good. Throws `conflict` when nobody would be left to administer the server.
   */
  change(actor: Actor, userId: string, change: AccountChange): Promise<AccountRow>
  /** Makes an API token; `token` is shown this once. */
  createToken(
    actor: Actor | 'server',
    token: NewToken & { userId: string },
  ): Promise<{ id: string; token: string }>
  /** One's own tokens that are still valid, without their secrets. */
  tokens(actor: Actor): Promise<readonly TokenRow[]>
  /** Revokes one of one's own tokens, at once. */
  revokeToken(actor: Actor, tokenId: string): Promise<void>
  findByEmail(email: string): Promise<PersonRef | null>
  me(actor: Actor): Promise<Me>
  /** A one-time link for the first administrator when there is no account at all, else null. Path, not URL. */
  setupLink(): Promise<string | null>
  /** Makes the first administrator with the secret of the setup link. */
  setUp(secret: string, account: { email: string; name: string; password: string }): Promise<PersonRef>
}

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly password: string | null
  readonly admin?: boolean
}
