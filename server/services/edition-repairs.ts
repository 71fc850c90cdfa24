/** What the import of an edition repaired, for a person to look at. */
import type { Actor } from '#domain/policy/actor.ts'
import type { EditionRepair } from '#domain/wire/edition.ts'
import { listRepairs } from '../db/edition-records.ts'
import type { ServiceContext } from './context.ts'
import { placeWords } from './place-words.ts'
import { getSeenEdition } from './seen-editions.ts'

/** Places shown of one kind of repair: whoever wants to see more reads the text. */
const mostPlaces = 100

/** See `EditionService.repairs`. */
export async function listEditionRepairs(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<EditionRepair[]> {
  const { db } = context.database
  const { edition } = await getSeenEdition(db, actor, idOrSlug, number, context.now())
  const repairs = await listRepairs(db, edition.id)
  return Promise.all(
    repairs.map(async ({ kind, isOn, count, places }) => {
      const shown = places.slice(0, mostPlaces)
      const words = await placeWords(
        context,
        shown.map(({ start, end }) => ({ editionId: edition.id, start, end })),
      )
      const inPlace = words.map((place, index) => ({ ...place, was: shown[index]?.before ?? '' }))
      return { kind, on: isOn, count, places: inPlace }
    }),
  )
}
