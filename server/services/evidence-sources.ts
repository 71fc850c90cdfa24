import type { EvidenceSource } from '#domain/wire/dispute.ts'
import { findCitedDocuments } from '../db/dispute-surroundings.ts'
import type { EvidenceRecord } from '../db/disputes.ts'
import type { ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { SeenPassage } from './dispute-passages.ts'
import { isVisible, type Viewpoint } from './present-thread.ts'

/** What evidence may point at, as far as it was loaded. */
export interface EvidenceSurroundings {
  /** Threads, by id. */
  readonly cited: ReadonlyMap<string, ThreadRecord>
  /** Passages as the viewer sees them, by id. */
  readonly passages: ReadonlyMap<string, SeenPassage>
  readonly view: Viewpoint
}

/** What each piece of evidence is, by its id; what the viewer may not open is left out, of a parallel also with one of its passages. */
export async function findEvidenceSources(
  { database }: ServiceContext,
  evidence: readonly EvidenceRecord[],
  around: EvidenceSurroundings,
): Promise<Map<string, EvidenceSource>> {
  const documents = await findCitedDocuments(
    database.db,
    [...around.cited.values()].map(({ documentId }) => documentId),
  )
  const slugOf = (documentId: string) => documents.get(documentId)?.slug ?? null
  const sources = new Map<string, EvidenceSource>()
  for (const each of evidence) {
    const source = toSource(each, around, slugOf)
    if (source) sources.set(each.id, source)
  }
  return sources
}

function toSource(
  { passages, parallel, citedId, citation }: EvidenceRecord,
  around: EvidenceSurroundings,
  slugOf: (documentId: string) => string | null,
): EvidenceSource | null {
  if (citation !== null) return { kind: 'citation', citation }
  const [here, there] = passages.flatMap(({ id }) => {
    const passage = around.passages.get(id)
    return passage && !('hidden' in passage) ? [passage] : []
  })
  if (parallel) return here && there ? { kind: 'parallel', ...parallel, here, there } : null
  if (here) return { kind: 'passage', passage: here }
  const thread = citedId === null ? undefined : around.cited.get(citedId)
  if (!thread || !isVisible(thread, around.view)) return null
  const isDeleted = thread.state === 'deleted'
  return {
    kind: 'thread',
    thread: {
      id: thread.id,
      documentSlug: slugOf(thread.documentId),
      author: thread.author,
      text: isDeleted ? '' : (thread.note?.text ?? ''),
      deleted: isDeleted,
    },
  }
}
