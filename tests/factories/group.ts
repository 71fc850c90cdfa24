/** Groups for tests and the sample data. */
import type { Person, Role } from '#domain/policy/actor.ts'
import type { Group } from '#domain/wire/group.ts'
import type { Services } from '#server/services/services.ts'
import { asNow } from './person.ts'

/** What may be said of a group; the rest is made up. */
export interface GroupOptions {
  readonly name?: string
  /** Besides the owner. */
  readonly members?: readonly (readonly [person: Person, role: Role])[]
  /** Ids of documents, in order. */
  readonly readings?: readonly string[]
}

/** A group that `owner` owns. Actors made before it do not know of it yet: see `asNow`. */
export async function aGroup(
  services: Pick<Services, 'access' | 'accounts' | 'groups'>,
  owner: Person,
  { name = 'Slow readers', members = [], readings = [] }: GroupOptions = {},
): Promise<Group> {
  const { id } = await services.groups.create(owner, { name })
  const actor = await asNow(services, owner)
  for (const [{ email }, role] of members) await services.groups.addMember(actor, id, { email, role })
  if (readings.length > 0) await services.groups.change(actor, id, { readings: [...readings] }, null)
  return services.groups.get(actor, id)
}

/** The group's layer of this kind. Throws when it has none. */
export function layerOf(group: Group, kind: 'discussion' | 'commentary'): Group['layers'][number] {
  const found = group.layers.find((layer) => layer.kind === kind)
  if (!found) throw new Error(`${group.name} has no ${kind} layer`)
  return found
}
