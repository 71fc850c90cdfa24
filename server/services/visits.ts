/** Visits: where a person stopped in a document, and since when what they see there is new to them. */
import { AppError } from '#domain/app-error.ts'
import type { Person } from '#domain/policy/actor.ts'
import { recordVisit } from '../db/visits.ts'
import type { ServiceContext } from './context.ts'
import type { VisitService } from './contracts/visits.ts'
import { getReadableDocument } from './readable-documents.ts'

/** A visit is over after so long without a sign of the person. */
const inactivityMs = 30 * 60_000

/** The service over the visits of one database. */
export function createVisitService({ database, now }: ServiceContext): VisitService {
  const record = async (actor: Person, documentId: string, position: number | null) => {
    const { document } = await getReadableDocument(database.db, actor, documentId, now())
    if (
      position !== null &&
      !(Number.isInteger(position) && position >= 0 && position <= document.edition.length)
    ) {
      throw new AppError('unprocessable', 'The position lies outside the text.', {
        length: document.edition.length,
      })
    }
    const visit = await recordVisit(database.db, {
      userId: actor.userId,
      documentId: document.id,
      editionId: document.edition.id,
      position,
      now: new Date(now()),
      endedBefore: new Date(now() - inactivityMs),
    })
    return { visit, document }
  }

  return {
    async begin(actor, documentId) {
      const { visit, document } = await record(actor, documentId, null)
      return {
        position: Math.min(visit.position, document.edition.length),
        unreadSince: visit.previousAt?.toISOString() ?? null,
      }
    },

    async moved(actor, documentId, position) {
      await record(actor, documentId, position)
    },
  }
}
