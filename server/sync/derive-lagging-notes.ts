import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { listLaggingNotes, loadNoteLog } from '../db/note-log.ts'
import type { Services } from '../services/services.ts'
import { OpenNote } from './open-note.ts'

const notesAtOnce = 100

/**
 * Derives text and JSON of the notes whose log goes on after what was derived: a server that was killed did not come
 * to it, and whoever reads a note elsewhere than in its room would miss words that were shown as saved.
 */
export async function deriveLaggingNotes({
  database,
  services,
  log,
}: {
  readonly database: Database
  readonly services: Pick<Services, 'notes'>
  readonly log: Logger
}): Promise<void> {
  for (let after = ''; ; ) {
    const noteIds = await listLaggingNotes(database.db, { after, limit: notesAtOnce })
    for (const noteId of noteIds) {
      // One that fails is derived when somebody opens it: no reason not to serve the others.
      await derive(noteId).catch((err: unknown) => log.error({ err, noteId }, 'a note could not be derived'))
    }
    const last = noteIds.at(-1)
    if (last === undefined || noteIds.length < notesAtOnce) return
    after = last
  }

  async function derive(noteId: string): Promise<void> {
    const noteLog = await loadNoteLog(database.db, noteId)
    if (!noteLog) return
    const note = new OpenNote(noteId, noteLog, 0)
    const { position, read } = note.committed()
    const reading = read()
    note.destroy()
    if (reading.ok)
      await services.notes.saveDerived([{ noteId, text: reading.text, json: reading.json, position }])
    else log.error({ noteId }, `a note cannot be read: ${reading.problem}`)
  }
}
