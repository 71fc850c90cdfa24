import type { Passage } from '#domain/anchoring/passage.ts'
import type { AnchorState } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'

/** Where a passage stands in one edition, as it is about to be stored. */
export interface PlacedAnchor {
  readonly id: string
  readonly editionId: string
  readonly state: AnchorState
  readonly start: number
  readonly end: number
  readonly confidence: number
  /** Why the alignment decided so; null where it was marked, or found as a quotation. */
  readonly reason: string | null
}

/** A passage as it is about to be stored: its words in the edition they were marked in, and where they stand. */
export interface PlacedPassage {
  readonly id: string
  readonly documentId: string
  readonly editionId: string
  readonly passage: Passage
  readonly anchors: readonly PlacedAnchor[]
}

/** A passage of a thread from now on: one that it has already, or a new one. */
export type NextPassage = { readonly kept: string } | PlacedPassage

/**
 * Makes `next` the passages of the thread, in that order. What is not kept stays in the table, marked as replaced
 * at `now`, so that it can still be said what the thread was about.
 */
export async function replacePassages(
  tx: Tx,
  threadId: string,
  next: readonly NextPassage[],
  now: Date,
): Promise<void> {
  const kept = next.flatMap((passage) => ('kept' in passage ? [passage.kept] : []))
  await tx.passage.updateMany({
    where: { threadId, replacedAt: null, evidenceId: null, id: { notIn: kept } },
    data: { replacedAt: now },
  })
  for (const [position, passage] of next.entries()) {
    if ('kept' in passage) await tx.passage.update({ where: { id: passage.kept }, data: { position } })
  }
  await insertPassages(
    tx,
    threadId,
    next.flatMap((passage, position) => ('kept' in passage ? [] : [{ ...passage, position }])),
    now,
  )
}

/** Stores new passages with their anchors; with `evidenceId`, as what that evidence of the thread's dispute quotes. */
export async function insertPassages(
  tx: Tx,
  threadId: string,
  added: readonly (PlacedPassage & { readonly position: number; readonly evidenceId?: string })[],
  now: Date,
): Promise<void> {
  if (added.length === 0) return
  await tx.passage.createMany({
    data: added.map(({ id, documentId, editionId, position, passage, evidenceId }) => ({
      id,
      threadId,
      evidenceId: evidenceId ?? null,
      documentId,
      editionId,
      position,
      start: passage.start,
      end: passage.end,
      exact: passage.exact,
      prefix: passage.prefix,
      suffix: passage.suffix,
      createdAt: now,
    })),
  })
  await tx.anchor.createMany({
    data: added.flatMap(({ id, anchors }) =>
      anchors.map((anchor) => ({ ...anchor, passageId: id, createdAt: now })),
    ),
  })
}

/** Stores one more passage that the thread is about, after those that it has. */
export async function appendPassage(
  tx: Tx,
  threadId: string,
  passage: PlacedPassage,
  now: Date,
): Promise<void> {
  const { _max } = await tx.passage.aggregate({
    where: { threadId, replacedAt: null, evidenceId: null },
    _max: { position: true },
  })
  await insertPassages(tx, threadId, [{ ...passage, position: (_max.position ?? -1) + 1 }], now)
}

/** Takes a passage out of what the thread is about; its row stays. False when the thread has no such passage. */
export async function retirePassage(tx: Tx, threadId: string, id: string, now: Date): Promise<boolean> {
  const where = { id, threadId, replacedAt: null, evidenceId: null }
  return (await tx.passage.updateMany({ where, data: { replacedAt: now } })).count > 0
}

/** Gives one thread the passages that another is about now, with where they stand in every edition. */
export async function copyPassages(
  tx: Tx,
  fromThreadId: string,
  toThreadId: string,
  { newId, at }: { readonly newId: () => string; readonly at: Date },
): Promise<void> {
  const passages = await tx.passage.findMany({
    where: { threadId: fromThreadId, replacedAt: null },
    include: { anchors: true },
  })
  for (const { anchors, id: _, ...passage } of passages) {
    const passageId = newId()
    await tx.passage.create({ data: { ...passage, id: passageId, threadId: toThreadId, createdAt: at } })
    await tx.anchor.createMany({ data: anchors.map((anchor) => ({ ...anchor, id: newId(), passageId })) })
  }
}
