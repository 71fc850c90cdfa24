import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { services } from '#server/accessor.ts'

/** How many passages of this person's own notes wait for them in the current edition. */
export async function countOwnUncertain(actor: Person, { id, edition }: Document): Promise<number> {
  // Only a further edition leaves anything uncertain.
  if (edition.number === 1) return 0
  const { anchors } = await services().editions.report(actor, id, edition.number, { mine: 'true' })
  return anchors.uncertain ?? 0
}
