/** What a person does with their own account. */
import type { Actor } from '#domain/policy/actor.ts'
import type { SessionRow } from '#domain/wire/account.ts'

export interface OwnAccountService {
  rename(actor: Actor, change: { name: string }): Promise<void>
  /** Whether there is a password: who signs in elsewhere may have none. */
  hasPassword(actor: Actor): Promise<boolean>
  /** Another password. Every session ends, this one too; API tokens hold. */
  changePassword(actor: Actor, change: { current: string | null; password: string }): Promise<void>
  /** The browsers that are signed in. */
  sessions(actor: Actor): Promise<readonly SessionRow[]>
  /** Signs every browser out, this one too. */
  endSessions(actor: Actor): Promise<void>
  /**
   * Deletes the account: what only its person could read goes with it, and what they wrote to others stays, by "Former
   * reader". Throws `conflict` while a group or the server would be left without anyone to lead it.
   */
  remove(actor: Actor, proof: { email: string; password: string | null }): Promise<void>
  /** Everything that the server knows of the person, as the pieces of one JSON text. */
  exportData(actor: Actor): Promise<AsyncIterable<string>>
}
