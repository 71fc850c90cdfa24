import { emptyNote, type NoteJson, noteSchemaVersion } from '#domain/note/note-json.ts'
import { checkNoteJson } from '#domain/note/note-json-schema.ts'
import type { PersonRef, RichText } from '#domain/wire/shared.ts'
import type { Tx } from './database.ts'
import { toJsonColumn } from './json-column.ts'

/** A note as it begins. */
export interface NewNote {
  readonly id: string
  readonly threadId: string
  readonly text: string
  readonly json: NoteJson
  /** The first update of its log, and who wrote it; null when nothing is written yet. */
  readonly founding: { update: Uint8Array<ArrayBuffer>; userId: string; clientId: number } | null
  readonly createdAt: Date
}

/** Stores a note with the first update of its log, and its words as derived from that. */
export async function insertNote(tx: Tx, { founding, json, createdAt, ...note }: NewNote): Promise<void> {
  await tx.note.create({
    data: {
      ...note,
      schema: noteSchemaVersion,
      json: toJsonColumn(json),
      createdAt,
      updatedAt: createdAt,
    },
  })
  if (founding === null) return
  const { update, userId, clientId } = founding
  const { position } = await tx.noteUpdate.create({
    data: { noteId: note.id, update, userId, clientId: BigInt(clientId), createdAt },
    select: { position: true },
  })
  await tx.note.update({ where: { id: note.id }, data: { derivedPosition: position } })
}

/** An earlier state of a note, without its Yjs state. */
export interface NoteVersionRecord {
  readonly number: number
  readonly text: string
  readonly authors: readonly PersonRef[]
  readonly createdAt: Date
}

/** The earlier states of a note, oldest first. */
export async function listNoteVersions(tx: Tx, noteId: string): Promise<NoteVersionRecord[]> {
  const rows = await tx.noteVersion.findMany({
    where: { noteId },
    orderBy: { number: 'asc' },
    select: { number: true, text: true, authorIds: true, createdAt: true },
  })
  const people = await tx.user.findMany({
    where: { id: { in: rows.flatMap(({ authorIds }) => authorIds) } },
    select: { id: true, name: true },
  })
  const byId = new Map(people.map((person) => [person.id, person]))
  return rows.map(({ authorIds, ...row }) => ({
    ...row,
    authors: authorIds.flatMap((id) => byId.get(id) ?? []),
  }))
}

/** What a note said in version `number`, and since when; null when there is no such version. */
export async function findNoteVersion(
  tx: Tx,
  noteId: string,
  number: number,
): Promise<{ json: NoteJson; createdAt: Date } | null> {
  const row = await tx.noteVersion.findUnique({
    where: { noteId_number: { noteId, number } },
    select: { json: true, createdAt: true },
  })
  return row && { json: checkNoteJson(row.json), createdAt: row.createdAt }
}

/** What a loaded note says; an empty note where there is none. */
export const noteJsonOf = (note: { readonly json: RichText } | null): NoteJson =>
  note ? checkNoteJson(note.json) : emptyNote
