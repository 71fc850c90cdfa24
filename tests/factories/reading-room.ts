/** One person of each standing around one group: what tests of rights need. */
import type { Person } from '#domain/policy/actor.ts'
import type { Group } from '#domain/wire/group.ts'
import type { Services } from '#server/services/services.ts'
import { aGroup } from './group.ts'
import { aPerson, asNow } from './person.ts'

/** The people of a reading room; each stands for whoever is like them. */
export interface ReadingRoom {
  readonly group: Group
  readonly admin: Person
  readonly owner: Person
  readonly instructor: Person
  readonly reader: Person
  readonly observer: Person
  /** Signed in, and not a member. */
  readonly stranger: Person
}

/** A group with one member of each role, an administrator and a stranger. */
export async function aReadingRoom(
  services: Pick<Services, 'access' | 'accounts' | 'groups'>,
): Promise<ReadingRoom> {
  const [admin, owner, instructor, reader, observer, stranger] = await Promise.all([
    aPerson(services, { name: 'Admin', admin: true }),
    aPerson(services, { name: 'Owner' }),
    aPerson(services, { name: 'Instructor' }),
    aPerson(services, { name: 'Reader' }),
    aPerson(services, { name: 'Observer' }),
    aPerson(services, { name: 'Stranger' }),
  ])
  const group = await aGroup(services, owner, {
    members: [
      [instructor, 'instructor'],
      [reader, 'reader'],
      [observer, 'observer'],
    ],
  })
  return {
    group,
    admin,
    stranger,
    owner: await asNow(services, owner),
    instructor: await asNow(services, instructor),
    reader: await asNow(services, reader),
    observer: await asNow(services, observer),
  }
}
