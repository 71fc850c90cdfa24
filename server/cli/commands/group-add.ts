import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { newGroup } from '#domain/wire/group.ts'
import { defineCommand } from '../command.ts'

/** `group add`: makes a group that the person with this e-mail owns. */
export const groupAdd = defineCommand({
  input: z.strictObject({ name: z.string(), owner: z.string() }),
  async run({ services }, { name, owner }) {
    const person = await services.accounts.findByEmail(owner)
    if (!person) throw new AppError('not-found', `no account has the e-mail ${owner}`)
    const checked = newGroup.safeParse({ name })
    if (!checked.success) throw new AppError('unprocessable', 'a group needs a name of 1 to 200 characters')
    const actor = await services.access.actorOf(person.id)
    const group = await services.groups.create(actor, checked.data)
    return { id: group.id, slug: group.slug, name: group.name }
  },
  describe: ({ slug, name }) => `Made the group ${name} (${slug}).`,
})
