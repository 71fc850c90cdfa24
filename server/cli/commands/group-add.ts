import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { operator } from '#domain/policy/actor.ts'
import { newGroup } from '#domain/wire/group.ts'
import { instant } from '#domain/wire/shared.ts'
import { defineCommand } from '../command.ts'
import { describeRoster } from './group-roster.ts'

/** `group add`: makes a group that the person with this e-mail owns, and sets up the whole class if it is told of one. */
export const groupAdd = defineCommand({
  input: z.strictObject({
    name: z.string(),
    owner: z.string(),
    /** Absolute path of a CSV file. */
    roster: z.string().optional(),
    /** Slugs of texts, in order. */
    readings: z.array(z.string()).optional(),
    opensAt: instant.optional(),
    closesAt: instant.optional(),
  }),
  async run({ services }, { name, owner, roster, readings = [], opensAt, closesAt }) {
    const person = await services.accounts.findByEmail(owner)
    if (!person) throw new AppError('not-found', `no account has the e-mail ${owner}`)
    const checked = newGroup.safeParse({ name })
    if (!checked.success) throw new AppError('unprocessable', 'a group needs a name of 1 to 200 characters')
    // What may be wrong is looked at before anything is made.
    const documents = await Promise.all(readings.map((slug) => services.documents.get(operator, slug)))
    const csv = roster === undefined ? null : await readFile(roster, 'utf8')
    const { id } = await services.groups.create(await services.access.actorOf(person.id), checked.data)
    const actor = await services.access.actorOf(person.id)
    const times = { ...(opensAt && { opensAt }), ...(closesAt && { closesAt }) }
    const { layers } = await services.groups.get(actor, id)
    const discussion = layers.find(({ kind }) => kind === 'discussion')
    if (discussion && (opensAt || closesAt)) await services.layers.change(actor, discussion.id, times, null)
    if (documents.length > 0) {
      await services.groups.change(operator, id, { readings: documents.map((each) => each.id) }, null)
    }
    const people = csv === null ? [] : (await services.groups.readRoster(operator, id, { csv })).lines
    const { slug } = await services.groups.get(operator, id)
    return { id, slug, name: checked.data.name, readings: documents.map((each) => each.slug), people }
  },
  describe: ({ slug, name, readings, people }) =>
    [
      `Made the group ${name} (${slug}).`,
      ...(readings.length > 0 ? [`Reads: ${readings.join(', ')}.`] : []),
      ...(people.length > 0 ? [describeRoster(people)] : []),
    ].join('\n'),
})
