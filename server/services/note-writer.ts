/**
 * The way for services into margin notes. What a note says is its log, and whoever has it open writes in it through
 * its room; so whatever a service wants a note to say is written there too, as one more writer, and not past it.
 */
import { AppError } from '#domain/app-error.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'

/** A note, and the thread it belongs to. */
export interface NoteRef {
  readonly noteId: string
  readonly threadId: string
}

/** Writes in notes as they are open. Whether the person may is for the caller to have asked. */
export interface NoteWriter {
  /**
   * Makes the note say `json`, live for everyone who has it open, as a change by `author`; what it said before is
   * kept as a version. Resolves once that is committed and shows in the thread. Throws AppError `not-found` when the
   * note is gone, `too-large` when it would grow too large, `unavailable` when it cannot be saved now.
   */
  replaceContent(note: NoteRef, json: NoteJson, author: Person): Promise<void>
}

/** Where whoever serves the notes stands ready to write in them. */
export interface NoteWriterPort extends NoteWriter {
  /** From now on `writer` writes; returns the function that ends it. */
  provide(writer: NoteWriter): () => void
}

/** A port with nobody behind it yet: until somebody is, writing throws AppError `unavailable`. */
export function createNoteWriterPort(): NoteWriterPort {
  let provided: NoteWriter | null = null
  return {
    provide(writer) {
      provided = writer
      return () => {
        if (provided === writer) provided = null
      }
    },
    async replaceContent(note, json, author) {
      if (!provided) throw new AppError('unavailable', 'Notes can be written only while the server runs.')
      await provided.replaceContent(note, json, author)
    },
  }
}
