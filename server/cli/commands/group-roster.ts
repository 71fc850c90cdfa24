import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { operator } from '#domain/policy/actor.ts'
import { type RosterLine, role } from '#domain/wire/group.ts'
import { defineCommand } from '../command.ts'

/** `group roster`: brings a class list into a group. */
export const groupRoster = defineCommand({
  input: z.strictObject({
    group: z.string(),
    /** Absolute path of a CSV file. */
    file: z.string(),
    role: role.optional(),
  }),
  async run({ services }, { group: slug, file, role: usual }) {
    const group = await services.groups.get(operator, slug)
    const csv = await readFile(file, 'utf8')
    const { lines } = await services.groups.readRoster(operator, group.id, { csv, role: usual })
    return { group: group.slug, people: lines }
  },
  describe: ({ people }) => describeRoster(people),
})

/** What became of each line of a class list, in lines. */
export function describeRoster(people: readonly RosterLine[]): string {
  return people
    .map((person) => `${person.line}: ${person.email || person.name}: ${outcomeOf(person)}`)
    .join('\n')
}

function outcomeOf({ outcome, role: as, reason, url, mailed }: RosterLine): string {
  if (outcome === 'refused') return `refused, ${reason}`
  if (outcome === 'invited') return mailed ? `invited as ${as} by mail` : `invited as ${as}: ${url}`
  if (outcome === 'member') return 'a member already'
  return url ? `joined as ${as}, chooses a password at ${url}` : `joined as ${as}`
}
