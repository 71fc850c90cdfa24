/** A note as it is read elsewhere than in its room. */
import type { NoteJson } from './note-json.ts'

/** The text and JSON of a note, and up to which place in its log they hold. */
export interface DerivedNote {
  readonly noteId: string
  readonly text: string
  readonly json: NoteJson
  readonly position: bigint
}
