/**
 * The shared document of a note as the server holds it, and the gate before it: an update that leaves the note schema
 * is told before anyone else sees it.
 *
 * What changed is read anew, block by block, and what did not change is remembered, so that a change costs no more
 * than the block it is in. A document that refused an update has been touched by it and is of no further use: whoever
 * holds it makes a new one from what was accepted before.
 */
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import { fragmentProblem, type NoteReading, readNoteBlock, toNote } from '#domain/note/note-fragment.ts'
import type { NoteBlock } from '#domain/note/note-json.ts'

/** What came of applying an update. */
export type Applied =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not-a-note'; readonly problem: string }
  | { readonly kind: 'malformed' }

const malformed: Applied = { kind: 'malformed' }

/** A note's Y.Doc with the gate before it. */
export class NoteDocument {
  readonly doc = new Y.Doc()
  readonly #fragment = this.doc.getXmlFragment(noteFragmentName)
  /** Blocks as they were read, by the shared type they stand in. */
  readonly #blocks = new WeakMap<object, readonly NoteBlock[]>()

  /** A document of updates that were accepted before. */
  constructor(accepted: readonly Uint8Array[]) {
    this.doc.transact(() => {
      for (const update of accepted) Y.applyUpdate(this.doc, update)
    })
  }

  /** Applies an update that builds on nothing that is missing, and looks at what it made of the note. */
  apply(update: Uint8Array): Applied {
    let changed: readonly unknown[]
    try {
      const transaction = this.doc.transact((transaction) => {
        Y.applyUpdate(this.doc, update)
        return transaction
      })
      changed = [...transaction.changed.keys()]
    } catch {
      return malformed
    }
    const { pendingStructs, pendingDs } = this.doc.store
    if (pendingStructs !== null || pendingDs !== null) return malformed
    const problem = this.#problemIn(changed)
    return problem === null ? { kind: 'applied' } : { kind: 'not-a-note', problem }
  }

  /** The whole note, of which only changed blocks are read. */
  read(): NoteReading {
    const problem = fragmentProblem(this.#fragment)
    if (problem !== null) return { ok: false, problem }
    const content: NoteBlock[] = []
    for (const child of this.#fragment.toArray()) {
      const known = this.#blocks.get(child)
      const reading = known ? ({ ok: true, blocks: known } as const) : readNoteBlock(child)
      if (!reading.ok) return reading
      this.#blocks.set(child, reading.blocks)
      content.push(...reading.blocks)
    }
    return { ok: true, ...toNote(content) }
  }

  destroy(): void {
    this.doc.destroy()
  }

  #problemIn(changed: readonly unknown[]): string | null {
    if (this.doc.share.size > 1) return 'the document holds something other than the note'
    const stale = new Set<unknown>()
    for (const type of changed) {
      if (type === this.#fragment) {
        const problem = fragmentProblem(this.#fragment)
        if (problem !== null) return problem
        for (const child of this.#fragment.toArray()) if (!this.#blocks.has(child)) stale.add(child)
      } else if (type instanceof Y.AbstractType) {
        const block = this.#blockOf(type)
        if (block !== null) stale.add(block)
      }
    }
    for (const block of stale) {
      const reading = readNoteBlock(block)
      if (!reading.ok) return reading.problem
      if (typeof block === 'object' && block !== null) this.#blocks.set(block, reading.blocks)
    }
    return null
  }

  /** The direct child of the fragment that `type` lies in, or null when it is deleted. */
  #blockOf(type: Y.AbstractType<unknown>): Y.AbstractType<unknown> | null {
    for (let at: Y.AbstractType<unknown> | null = type; at !== null; ) {
      if (at._item === null || at._item.deleted) return null
      const { parent }: Y.Item = at._item
      if (parent === this.#fragment) return at
      at = parent instanceof Y.AbstractType ? parent : null
    }
    return null
  }
}
