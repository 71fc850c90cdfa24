/** Accounts, sign-in tokens and the links that let people in, as the API speaks of them. */
import { z } from 'zod'
import { passwordProblem } from '../password-rule.ts'
import { scopes } from '../policy/scope.ts'
import { newGroup, newMember, role } from './group.ts'
import { id, instant } from './shared.ts'

/** A password that may be chosen. */
export const newPassword = z.string().superRefine((password, check) => {
  const problem = passwordProblem(password)
  if (problem) check.addIssue({ code: 'custom', message: problem })
})

/** An account as its person makes it. */
export const ownAccount = z.strictObject({
  email: z.string().trim().pipe(newMember.shape.email),
  name: newGroup.shape.name,
  password: newPassword,
})

/** An account as an administrator makes it; without a password its person cannot sign in by one yet. */
export const newAccount = ownAccount.extend({
  password: newPassword.nullable().default(null),
  admin: z.boolean().default(false),
})

export const account = z.object({
  id,
  name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  /** Whether the person is kept out, by a session, a token or a socket. */
  disabled: z.boolean(),
  createdAt: instant,
})

/** What an administrator changes of an account. */
export const accountChange = z.strictObject({
  name: newGroup.shape.name.optional(),
  email: ownAccount.shape.email.optional(),
  admin: z.boolean().optional(),
  disabled: z.boolean().optional(),
})

/** What a person changes of their own account without further proof. */
export const ownChange = z.strictObject({ name: newGroup.shape.name })

/** A password as somebody typed it to prove who they are; what is no password is merely wrong. */
const givenPassword = z.string().max(1_000)

/** Another password; `current` null while there is none yet. */
export const passwordChange = z.strictObject({ current: givenPassword.nullable(), password: newPassword })

/** Another e-mail address; `password` null while there is none. */
export const emailChange = z.strictObject({
  email: ownAccount.shape.email,
  password: givenPassword.nullable(),
})
export const letterSent = z.object({ sentTo: z.string() })

/** What proves that a person wants their account deleted: its e-mail address, typed, and the password if it has one. */
export const accountDeletion = z.strictObject({
  email: z.string().max(254),
  password: givenPassword.nullable(),
})

/** Whoever forgot their password. */
export const passwordResetRequest = z.strictObject({ email: z.string().max(254) })
/** The secret of a link with what it is used for. */
export const passwordReset = z.strictObject({ secret: z.string().max(200), password: newPassword })
export const emailConfirmation = z.strictObject({ secret: z.string().max(200) })
/** Whose account a link was for: with this address they sign in now. */
export const linkUsed = z.object({ email: z.string() })

/** A link to choose a new password: mailed to its person, or else shown to be handed on. */
export const passwordResetLink = z.object({
  url: z.url().nullable(),
  sentTo: z.string().nullable(),
  expiresAt: instant,
})

/** A browser that is signed in. */
export const session = z.object({
  userAgent: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
})

/** The first administrator, with the secret of the setup link. */
export const setup = ownAccount.extend({ secret: z.string().max(200) })

/** Joining a group: with the account one is signed in to, or with a new one. */
export const joining = z.strictObject({ secret: z.string().max(200), account: ownAccount.optional() })

/** What an invitation offers. */
export const offer = z.object({ groupName: z.string(), role })

export const scope = z.enum(scopes)

export const newToken = z.strictObject({
  name: newGroup.shape.name,
  /** How far it goes; left out, as far as its person. */
  scope: scope.default('admin'),
  /** Null: it holds until it is revoked. */
  expiresAt: instant.nullable().default(null),
})
export const token = z.object({
  id,
  name: z.string(),
  scope,
  createdAt: instant,
  /** To the hour. */
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
})
/** A token just made: `token` is shown this once. */
export const shownToken = z.object({ id, token: z.string() })

export type AccountRow = z.infer<typeof account>
export type AccountChange = z.infer<typeof accountChange>
export type SessionRow = z.infer<typeof session>
export type TokenRow = z.infer<typeof token>
export type NewToken = z.input<typeof newToken>
