/**
 * Asks the database how far the logs of notes have come: many notes in one question, one question at a time. Whoever
 * asks while a question is under way gets the answer to the next, so that an answer is never older than the asking.
 */
import type { NoteProgress } from '../db/note-log.ts'

interface Asker {
  readonly resolve: (progress: NoteProgress | null) => void
  readonly reject: (error: unknown) => void
}

/** The questions of one server. */
export class LogEnds {
  #asked = new Map<string, Asker[]>()
  #running: Promise<void> | null = null

  constructor(private readonly read: (noteIds: readonly string[]) => Promise<NoteProgress[]>) {}

  /** How far the note has come by now; null when nothing was ever appended to it. */
  of(noteId: string): Promise<NoteProgress | null> {
    const answer = new Promise<NoteProgress | null>((resolve, reject) => {
      const askers = this.#asked.get(noteId) ?? []
      askers.push({ resolve, reject })
      this.#asked.set(noteId, askers)
    })
    // A turn later, so that those who come together ask together.
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#run())
    return answer
  }

  async #run(): Promise<void> {
    while (this.#asked.size > 0) {
      const asked = this.#asked
      this.#asked = new Map()
      try {
        const found = new Map((await this.read([...asked.keys()])).map((each) => [each.noteId, each]))
        for (const [noteId, askers] of asked)
          for (const { resolve } of askers) resolve(found.get(noteId) ?? null)
      } catch (error) {
        for (const { reject } of [...asked.values()].flat()) reject(error)
      }
    }
    this.#running = null
  }
}
