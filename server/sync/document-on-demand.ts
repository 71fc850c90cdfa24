/**
 * The document of an open note, when there is one. It takes several times the memory of the bytes that it is made
 * from, and most notes that are open are only read: so it is made when something is to be applied to it or read in it,
 * and let go once the note has come to rest. A document of no further use is let go as well: the next is made when
 * somebody asks for it, of everything that is accepted by then.
 */
import * as Y from 'yjs'
import { letGoAfterMs, letGoBytes } from './limits.ts'
import { encodeAnew } from './merge-updates.ts'
import { NoteDocument } from './note-document.ts'

interface DocumentOptions {
  /** What it is made of, in an order in which it can be applied. */
  readonly accepted: () => readonly Uint8Array[]
  /** How far the note is written, or null while some of that is not committed. */
  readonly progress: () => bigint | null
  /** Called when the note has been at rest for a while. */
  readonly onRest: () => void
}

/** Knows whether there is a document; nobody else has to. */
export class DocumentOnDemand {
  #document: NoteDocument | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(private readonly options: DocumentOptions) {}

  get isMade(): boolean {
    return this.#document !== null
  }

  /** The document, made now if there is none. */
  get(): NoteDocument {
    this.#document ??= this.#make()
    return this.#document
  }

  /** Everything that is accepted as one update, encoded anew. No document is kept for it. */
  encode(): Uint8Array {
    return this.#document ? Y.encodeStateAsUpdate(this.#document.doc) : encodeAnew(this.options.accepted())
  }

  letGo(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#document?.destroy()
    this.#document = null
  }

  #make(): NoteDocument {
    this.#lookLater()
    return new NoteDocument(this.options.accepted())
  }

  /** Asks now and then whether the note has gone on, so that what is written costs nothing for it. */
  #lookLater(): void {
    const { accepted, progress, onRest } = this.options
    const before = progress()
    let bytes = 0
    for (const { length } of accepted()) bytes += length
    this.#timer = setTimeout(
      () => {
        const isAtRest = before !== null && progress() === before
        if (isAtRest) onRest()
        else this.#lookLater()
      },
      letGoAfterMs * Math.max(1, bytes / letGoBytes),
    )
    this.#timer.unref()
  }
}
