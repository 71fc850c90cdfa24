/**
 * Giving every passage of a document its place in an edition: one alignment for each pair of texts, off the serving
 * thread, written in small batches. It goes by what is lacking, so that it may be done again at any time and by two
 * at once: what has a place keeps it.
 */
import type { Reanchored } from '#domain/anchoring/reanchored.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { alignInWorker } from '../anchoring/align-in-worker.ts'
import type { AlignableText } from '../anchoring/alignment-requests.ts'
import { type FoundAnchor, insertAnchors, listUnanchored, type UnanchoredPassage } from '../db/anchors.ts'
import type { Database } from '../db/database.ts'
import { listBlockStarts } from '../db/editions.ts'
import type { ServiceContext } from './context.ts'
import { getEditionText } from './edition-cache.ts'

/** Passages taken at a time: few enough that neither a message to the thread nor a statement keeps anyone waiting. */
const passagesAtOnce = 500

/** What an edition's passages are anchored with. */
export interface AnchoringOptions {
  /** Called before each batch is written. */
  readonly onBatch?: () => Promise<void>
  readonly signal?: AbortSignal
}

/** Anchors what has no anchor in the edition yet. It reads texts, so never inside a transaction. */
export async function anchorPassages(
  { database, newId }: Pick<ServiceContext, 'database' | 'newId'>,
  edition: { readonly documentId: string; readonly editionId: string },
  { onBatch, signal }: AnchoringOptions = {},
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    const passages = await listUnanchored(database.db, edition, passagesAtOnce)
    if (passages.length === 0) return
    const found = await findAnchors(database, passages, edition.editionId)
    const anchors = found.map((anchor): FoundAnchor => ({ id: newId(), ...anchor }))
    await onBatch?.()
    const written = await insertAnchors(database.db, edition.editionId, anchors)
    // What is listed and cannot be written was removed, or is being written by somebody else who goes on with it.
    if (written === 0) return
  }
}

/** Carries ranges from one edition to another. */
export async function reanchorBetween(
  database: Database,
  pair: { readonly from: string; readonly to: string },
  passages: readonly TextRange[],
): Promise<readonly Reanchored[]> {
  return alignInWorker(pair, { kind: 'reanchor', passages }, (editionId) =>
    loadAlignable(database, editionId),
  )
}

/** An edition as the thread that aligns wants it. */
export async function loadAlignable(database: Database, editionId: string): Promise<AlignableText> {
  const [{ text }, blockStarts] = await Promise.all([
    getEditionText(database, editionId),
    listBlockStarts(database.db, editionId),
  ])
  return { text, blockStarts }
}

type Found = Omit<FoundAnchor, 'id'>

async function findAnchors(
  database: Database,
  passages: readonly UnanchoredPassage[],
  toEditionId: string,
): Promise<Found[]> {
  const carried: Found[] = []
  for (const [from, group] of groupBy(passages, ({ editionId }) => editionId)) {
    const results = await reanchorBetween(database, { from, to: toEditionId }, group.map(toRange))
    for (const [index, passage] of group.entries()) {
      const result = results[index]
      if (result) carried.push({ passageId: passage.passageId, ...toPlace(result) })
    }
  }
  return keepGone(database, passages, carried, toEditionId)
}

/**
 * A person said of some that they are gone. They stay so, at the place where their gap went, unless the very words
 * are back.
 */
async function keepGone(
  database: Database,
  passages: readonly UnanchoredPassage[],
  carried: readonly Found[],
  toEditionId: string,
): Promise<Found[]> {
  const backAgain = new Set(
    carried.filter(({ state }) => state === 'exact' || state === 'moved').map(({ passageId }) => passageId),
  )
  const gone = passages.filter(({ goneFrom, passageId }) => goneFrom !== null && !backAgain.has(passageId))
  const kept = new Map<string, Found>()
  for (const [from, group] of groupBy(gone, ({ goneFrom }) => goneFrom ?? '')) {
    const gaps = group.map(({ goneAt }) => ({ start: goneAt ?? 0, end: goneAt ?? 0 }))
    const results = await reanchorBetween(database, { from, to: toEditionId }, gaps)
    for (const [index, { passageId }] of group.entries()) {
      const result = results[index]
      if (!result) continue
      const { start } = result.state === 'orphaned' ? result.gap : result
      kept.set(passageId, {
        passageId,
        state: 'orphaned',
        start,
        end: start,
        confidence: result.confidence,
        reason: 'deleted',
      })
    }
  }
  return carried.map((anchor) => kept.get(anchor.passageId) ?? anchor)
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const toRange = ({ start, end }: TextRange): TextRange => ({ start, end })

/** A result of re-anchoring as it is stored: an orphaned passage stands in its gap. */
export function toPlace(result: Reanchored): Omit<Found, 'passageId'> {
  const { state, confidence, reason } = result
  const { start, end } = result.state === 'orphaned' ? result.gap : result
  return { state, start, end, confidence, reason }
}
