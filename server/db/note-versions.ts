/** Versions of margin notes: states that are kept for their history, apart from the log. */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Tx } from './database.ts'
import { toJsonColumn } from './json-column.ts'

/** A state of a note that is to be kept for its history. */
export interface NewNoteVersion {
  readonly noteId: string
  readonly state: Uint8Array
  readonly text: string
  readonly json: NoteJson
  readonly authorIds: readonly string[]
  readonly reason: 'session-ended' | 'long-session' | 'before-restore'
  readonly createdAt: Date
}

/** Keeps a version under the note's next number. */
export async function insertNoteVersion(tx: Tx, version: NewNoteVersion): Promise<void> {
  const { noteId } = version
  await tx.$queryRaw`SELECT 1 FROM "Note" WHERE id = ${noteId} FOR NO KEY UPDATE`
  const last = await tx.noteVersion.aggregate({ where: { noteId }, _max: { number: true } })
  await tx.noteVersion.create({
    data: {
      ...version,
      number: (last._max.number ?? 0) + 1,
      state: new Uint8Array(version.state),
      json: toJsonColumn(version.json),
      authorIds: [...version.authorIds],
    },
  })
}
