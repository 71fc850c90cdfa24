import { z } from 'zod'
import { operator } from '#domain/policy/actor.ts'
import { newMember } from '#domain/wire/group.ts'
import { defineCommand } from '../command.ts'

/** `group join`: puts somebody into a group. */
export const groupJoin = defineCommand({
  input: newMember.extend({ group: z.string() }),
  async run({ services }, { group: slug, email, role }) {
    const group = await services.groups.get(operator, slug)
    await services.groups.addMember(operator, group.id, { email, role })
    return { group: group.slug, email, role }
  },
  describe: ({ group, email, role }) => `${email} is now ${role} in ${group}.`,
})
