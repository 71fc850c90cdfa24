import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { services } from '#server/accessor.ts'

/** More are not counted: nobody reads such a number. */
const mostCounted = 200

/** How many passages of this person's own notes wait for them in the current edition. */
export async function countOwnUncertain(actor: Person, { id, edition }: Document): Promise<number> {
  // Only a further edition leaves anything uncertain.
  if (edition.number === 1) return 0
  const query = { state: 'uncertain' as const, limit: mostCounted }
  const { items } = await services().editions.anchors(actor, id, edition.number, query)
  return items.filter(({ thread, may }) => may.decide && thread.author.id === actor.userId).length
}
