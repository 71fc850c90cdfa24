import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { defineCommand } from '../command.ts'

/** `token create`: prints an API token, this once. */
export const tokenCreate = defineCommand({
  input: z.strictObject({ email: z.string(), name: z.string() }),
  async run({ services }, { email, name }) {
    const person = await services.accounts.findByEmail(email)
    if (!person) throw new AppError('not-found', `no account has the e-mail ${email}`)
    return services.accounts.createToken('server', { userId: person.id, name })
  },
  describe: ({ token }) => token,
})
