import { z } from 'zod'
import { defineCommand } from '../command.ts'

/** `user add`: makes an account. */
export const userAdd = defineCommand({
  input: z.strictObject({ email: z.string(), name: z.string(), password: z.string(), admin: z.boolean() }),
  async run({ services }, account) {
    const { id, email, name } = await services.accounts.create('server', account)
    return { id, email, name, admin: account.admin }
  },
  describe: ({ name, email, admin }) =>
    `Made ${admin ? 'an administrator' : 'an account'} for ${name} <${email}>.`,
})
