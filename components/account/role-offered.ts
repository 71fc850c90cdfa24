import type { Role } from '#domain/policy/actor.ts'

const offers: Readonly<Record<Role, string>> = {
  owner: 'You are invited to join this group as one of its owners.',
  instructor: 'You are invited to join this group as an instructor.',
  reader: 'You are invited to read in this group and to write in the margin with its members.',
  observer: 'You are invited to read in this group, the margin included, without writing in it.',
}

/** What an invitation offers, as a sentence. */
export function roleOffered(role: Role): string {
  return offers[role]
}
