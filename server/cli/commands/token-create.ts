import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { scope } from '#domain/wire/account.ts'
import { defineCommand } from '../command.ts'

/** `token create`: prints an API token, this once. */
export const tokenCreate = defineCommand({
  input: z.strictObject({
    email: z.string(),
    name: z.string(),
    scope,
    /** How long it holds; null: until it is revoked. */
    days: z.number().int().positive().nullable(),
  }),
  async run({ services }, { email, name, scope, days }) {
    const person = await services.accounts.findByEmail(email)
    if (!person) throw new AppError('not-found', `no account has the e-mail ${email}`)
    return services.accounts.createToken('server', {
      userId: person.id,
      name,
      scope,
      expiresAt: days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString(),
    })
  },
  describe: ({ token }) => token,
})
