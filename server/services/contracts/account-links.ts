/** Links that are mailed to a person, or handed on, and used once. */
import type { Actor } from '#domain/policy/actor.ts'

export interface AccountLinkService {
  /** Whether this server can mail a link. */
  readonly sendsMail: boolean
  /**
   * Mails a link to choose a new password to whoever has this address. Whether anybody has is told by nothing: neither
   * the answer nor the time it takes. Throws `unavailable` when this server sends no mail.
   */
  askPasswordReset(email: string): Promise<void>
  /** An administrator's way to the same link: it is mailed if it can be, and else shown to be handed on. */
  makePasswordReset(actor: Actor, userId: string): Promise<PasswordResetLink>
  /** Whether a link to choose a new password still holds. */
  isPasswordReset(secret: string): Promise<boolean>
  /**
   * Chooses a new password with the secret of a link, which is used up. Every session and API token of the account
   * ends. Answers the address that the person signs in with.
   */
  resetPassword(secret: string, password: string): Promise<{ email: string }>
  /** Mails a link to what shall be one's address. Asks for the password, if there is one. */
  askEmailChange(
    actor: Actor,
    wanted: { email: string; password: string | null },
  ): Promise<{ sentTo: string }>
  /** Makes the address of a link that of its account. */
  confirmEmail(secret: string): Promise<{ email: string }>
}

export interface PasswordResetLink {
  /** Null when it was mailed. */
  readonly url: string | null
  readonly sentTo: string | null
  readonly expiresAt: string
}
