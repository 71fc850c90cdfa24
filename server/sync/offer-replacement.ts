/** Writing in a note without a connection: the note is made to say something else, and what it said is kept. */
import { AppError } from '#domain/app-error.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { NewNoteUpdate } from '../db/append-note-updates.ts'
import type { Closing } from './close-codes.ts'
import { encodeReplacement } from './encode-replacement.ts'
import type { OpenNote } from './open-note.ts'

/**
 * Offers `note` the update that makes it say `json`, written by `userId`, and answers the row to be saved: with it,
 * in one transaction, the note as it was becomes a version. Null when the note says so already. At one stroke, so
 * that nothing is written between what is kept and what takes its place. `authorIds` are those whose words no version
 * has yet, besides whoever wrote what is still pending. Throws the AppError that tells why it is refused.
 */
export function offerReplacement(
  note: OpenNote,
  json: NoteJson,
  { userId, authorIds }: { userId: string; authorIds: readonly string[] },
): NewNoteUpdate | null {
  const replacement = encodeReplacement(note.doc, json)
  if (!replacement) return null
  const { state, reading, writerIds } = note.accepted()
  if (!reading.ok) throw toAppError('not-a-note')
  const { update, clientId } = replacement
  const clientIds = clientId === null ? [] : [clientId]
  const { outcome, group } = note.together(() =>
    note.offer(userId, { update, clientIds, staysInText: false }),
  )
  if (outcome.kind === 'refused') throw toAppError(outcome.closing)
  const [row] = group
  if (!row) return null
  const { noteId } = row
  return {
    ...row,
    versionBefore: {
      noteId,
      state,
      text: reading.text,
      json: reading.json,
      authorIds: [...new Set([...authorIds, ...writerIds])],
      reason: 'before-restore',
      createdAt: new Date(),
    },
  }
}

/** What somebody who writes without a connection is told where others are sent away. */
export function toAppError(closing: Closing): AppError {
  switch (closing) {
    case 'gone':
      return new AppError('not-found', 'This note is not there any more.')
    case 'note-too-large':
      return new AppError('too-large', 'The note would become larger than this server takes.')
    case 'not-a-note':
      return new AppError('conflict', 'This is not what a note can say any more.')
    default:
      return new AppError('unavailable', 'The note cannot be saved at the moment. Please try again.')
  }
}
