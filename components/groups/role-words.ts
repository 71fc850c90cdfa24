import type { Role } from '#domain/policy/actor.ts'

/** Each role in a group, in words: its name, the name with its article, and what it may do. */
export const roleWords: Readonly<
  Record<Role, { readonly label: string; readonly one: string; readonly says: string }>
> = {
  owner: {
    label: 'Owner',
    one: 'an owner',
    says: 'Everything an instructor may; also names the group, gives roles and invites instructors.',
  },
  instructor: {
    label: 'Instructor',
    one: 'an instructor',
    says: 'Sets the reading list, invites readers, moderates, and writes the commentary as well as the discussion.',
  },
  reader: {
    label: 'Reader',
    one: 'a reader',
    says: 'Reads, writes notes and questions in the discussion, and replies everywhere.',
  },
  observer: {
    label: 'Observer',
    one: 'an observer',
    says: 'Reads everything of the group and writes nothing.',
  },
}
