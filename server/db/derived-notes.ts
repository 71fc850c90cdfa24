/** Text and JSON of notes as they are derived from their logs, for whoever reads notes elsewhere than in their rooms. */
import type { DerivedNote } from '#domain/note/derived-note.ts'
import type { Tx } from './database.ts'

/** A thread in which a note says something else than before, and what decides on who hears of it. */
export interface ThreadSayingOtherwise {
  readonly id: string
  readonly documentId: string
  readonly layerId: string
  readonly isPosted: boolean
  readonly layer: { readonly kind: string; readonly groupIds: readonly string[] }
  readonly passages: readonly { readonly documentId: string }[]
}

/**
 * Stores what was derived of each note, unless something newer is stored already. Answers the threads whose words are
 * other than before, marked as written in at `now`; their versions stay, since their own records are the same. To be
 * called once the threads are locked (`lockThreadsOf`).
 */
export async function updateDerivedNotes(
  tx: Tx,
  notes: readonly DerivedNote[],
  now: Date,
): Promise<ThreadSayingOtherwise[]> {
  const rows = await tx.$queryRawUnsafe<ChangedRow[]>(
    update,
    notes.map(({ noteId }) => noteId),
    notes.map(({ text }) => text),
    notes.map(({ json }) => JSON.stringify(json)),
    notes.map(({ position }) => String(position)),
    now,
  )
  return rows.map(({ state, layerKind, groupIds, documentIds, ...row }) => ({
    ...row,
    isPosted: state === 'posted',
    layer: { kind: layerKind, groupIds },
    passages: documentIds.map((documentId) => ({ documentId })),
  }))
}

/** Holds the threads of these notes until the transaction ends, in the order of `lockThreads`. */
export async function lockThreadsOf(tx: Tx, noteIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM "Thread" WHERE id IN (SELECT "threadId" FROM "Note" WHERE id = ANY(${[...noteIds]}))
     ORDER BY id FOR NO KEY UPDATE`
}

interface ChangedRow {
  readonly id: string
  readonly documentId: string
  readonly layerId: string
  readonly state: string
  readonly layerKind: string
  readonly groupIds: readonly string[]
  readonly documentIds: readonly string[]
}

/** One statement for any number of notes: nearly all writing ends here once in a while. */
const update = `
  WITH given AS MATERIALIZED (
    SELECT DISTINCT ON (id) id, text, json::jsonb, position
      FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS one (id, text, json, position)
     ORDER BY id, position DESC
  ), stored AS (
    UPDATE "Note" note
       SET text = given.text, json = given.json, "derivedPosition" = given.position, "updatedAt" = $5
      FROM given JOIN "Note" before USING (id)
     WHERE note.id = given.id AND note."derivedPosition" < given.position
    RETURNING note."threadId", before.json IS DISTINCT FROM given.json AS "isOther"
  ), touched AS (
    UPDATE "Thread" SET "updatedAt" = $5 WHERE id IN (SELECT "threadId" FROM stored WHERE "isOther")
    RETURNING id, "documentId", "layerId", state
  )
  SELECT touched.*, layer.kind AS "layerKind",
         ARRAY(SELECT "groupId" FROM "LayerGroup" WHERE "layerId" = layer.id ORDER BY "groupId") AS "groupIds",
         ARRAY(SELECT "documentId" FROM "Passage" WHERE "threadId" = touched.id
                  AND "replacedAt" IS NULL AND "evidenceId" IS NULL) AS "documentIds"
    FROM touched JOIN "Layer" layer ON layer.id = touched."layerId"`
