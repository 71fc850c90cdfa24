/** Accounts, sign-in tokens and the links that let people in, as the API speaks of them. */
import { z } from 'zod'
import { passwordProblem } from '../password-rule.ts'
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
  createdAt: instant,
})

/** The first administrator, with the secret of the setup link. */
export const setup = ownAccount.extend({ secret: z.string().max(200) })

/** Joining a group: with the account one is signed in to, or with a new one. */
export const joining = z.strictObject({ secret: z.string().max(200), account: ownAccount.optional() })

/** What an invitation offers. */
export const offer = z.object({ groupName: z.string(), role })

export const newToken = z.strictObject({ name: newGroup.shape.name })
export const token = z.object({ id, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })
/** A token just made: `token` is shown this once. */
export const shownToken = z.object({ id, token: z.string() })

export type TokenRow = z.infer<typeof token>
