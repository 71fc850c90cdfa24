/** The passages of disputes as one person sees them: with their documents, and how they read there now. */
import type { CitedDocument, DisputePassage } from '#domain/wire/dispute.ts'
import type { WordsInPlace } from '#domain/wire/edition.ts'
import { findCitedDocuments, findEditionNumbers } from '../db/dispute-surroundings.ts'
import type { PassageRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { placeWords } from './place-words.ts'
import { presentPassage, type Viewpoint } from './present-thread.ts'

/** Characters shown around a passage on each side: enough to see how a sentence goes on. */
const contextLength = 400

/** A passage, or that one is there which they may not see. */
export type SeenPassage = DisputePassage | { readonly id: string; readonly hidden: true }

/** The passages in their order. Reads texts, so never inside a transaction. */
export async function presentDisputePassages(
  context: ServiceContext,
  passages: readonly PassageRecord[],
  view: Viewpoint,
): Promise<Map<string, SeenPassage>> {
  const shown = passages.map((record) => ({ record, passage: presentPassage(record, view) }))
  const visible = shown.flatMap(({ record, passage }) => ('hidden' in passage ? [] : [{ record, passage }]))
  const { db } = context.database
  const documents = await findCitedDocuments(
    db,
    visible.map(({ passage }) => passage.documentId),
  )
  const editions = await findEditionNumbers(
    db,
    visible.map(({ passage }) => passage.editionId),
  )
  const standing = visible.flatMap(({ record, passage }) => {
    const editionId = record.document?.currentEditionId
    const mayOpen = documents.get(passage.documentId)?.withdrawn === false
    return editionId && mayOpen && passage.anchor.state !== 'orphaned'
      ? [{ id: passage.id, editionId, start: passage.start, end: passage.end }]
      : []
  })
  const words = await placeWords(context, standing, contextLength)
  const places = new Map<string, WordsInPlace>()
  for (const [index, { id }] of standing.entries()) {
    const place = words[index]
    if (place) places.set(id, place)
  }
  return new Map(shown.map(({ passage }) => [passage.id, toSeen(passage, { documents, editions, places })]))
}

function toSeen(
  passage: ReturnType<typeof presentPassage>,
  around: {
    readonly documents: ReadonlyMap<string, CitedDocument>
    readonly editions: ReadonlyMap<string, number>
    readonly places: ReadonlyMap<string, WordsInPlace>
  },
): SeenPassage {
  if ('hidden' in passage) return passage
  const document = around.documents.get(passage.documentId)
  const quotedFrom = around.editions.get(passage.editionId)
  if (!document || quotedFrom === undefined) return { id: passage.id, hidden: true }
  return { ...passage, document, quotedFrom, place: around.places.get(passage.id) ?? null }
}
