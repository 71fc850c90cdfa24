/**
 * Keeping every passage in its place in the editions that are not current: previews, which somebody is about to
 * publish, and older ones, which somebody still reads. Whoever writes or decides a passage has it in the current
 * edition at once; in the others it is placed right after, outside of any request, one document after the other.
 * Whoever looks at such an edition waits for what this server is about to place, and writes nothing.
 */

import { listEditionsLackingAnchors } from '../db/anchors.ts'
import type { Database } from '../db/database.ts'
import { anchorPassages } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'

type KeepingContext = Pick<ServiceContext, 'database' | 'newId' | 'log'>

/** For each database, what is being placed and will be, by document. */
const underWay = new WeakMap<Database, Map<string, Promise<void>>>()

/** Places what lacks a place in the editions of these documents, soon. Never throws: what fails is logged, and made good by the next. */
export function keepAnchored(context: KeepingContext, documentIds: Iterable<string>): void {
  const waiting = waitingIn(context.database)
  for (const documentId of new Set(documentIds)) {
    const before = waiting.get(documentId) ?? Promise.resolve()
    const kept = before.then(() => anchorEditions(context, documentId))
    waiting.set(documentId, kept)
    void kept.then(() => {
      if (waiting.get(documentId) === kept) waiting.delete(documentId)
    })
  }
}

/** Resolves when all is placed that this server was asked to place in the editions of a document. */
export async function whenAnchored({ database }: KeepingContext, documentId: string): Promise<void> {
  await waitingIn(database).get(documentId)
}

/** Makes good what a server that was killed left without a place, in any document. */
export async function keepAllAnchored(context: KeepingContext): Promise<void> {
  await anchorEditions(context, null)
}

async function anchorEditions(context: KeepingContext, documentId: string | null): Promise<void> {
  try {
    const lacking = await listEditionsLackingAnchors(context.database.db, documentId)
    for (const edition of lacking) await anchorPassages(context, edition)
  } catch (err) {
    context.log.error({ err, documentId }, 'passages could not be placed in all editions yet')
  }
}

function waitingIn(database: Database): Map<string, Promise<void>> {
  const known = underWay.get(database) ?? new Map<string, Promise<void>>()
  underWay.set(database, known)
  return known
}
