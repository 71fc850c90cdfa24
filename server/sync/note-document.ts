/**
 * The shared document of a note as the server holds it, and the gate before it: an update that leaves the note schema
 * is told before anyone else sees it.
 *
 * What an update changed is read anew, block by block, unless it only changed words, and what did not change is
 * remembered, so that a change costs no more than the block it is in. A document that refused an update has been
 * touched by it and is of no further use: whoever holds it makes a new one from what was accepted before.
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
  /** Blocks of the fragment that were looked at since they came. */
  readonly #sound = new WeakSet<object>()
  /** Blocks as they were read, by the shared type they stand in. */
  readonly #read = new WeakMap<object, readonly NoteBlock[]>()

  /** A document of updates that were accepted before. */
  constructor(accepted: readonly Uint8Array[]) {
    this.doc.transact(() => {
      for (const update of accepted) Y.applyUpdate(this.doc, update)
    })
    for (const block of this.#fragment.toArray()) this.#sound.add(block)
    this.doc.on('afterTransaction', ({ changed }) => {
      for (const block of this.#blocksOf(changed.keys())) this.#read.delete(block)
    })
  }

  /**
   * Runs `work`, and answers with its outcome all that was applied in it as one update, which takes encoding it: null
   * when that is nothing, or nobody `wants` to know it once the work is done.
   */
  together<T>(
    work: () => T,
    wants: () => boolean,
  ): { readonly outcome: T; readonly update: Uint8Array | null } {
    const updates: Uint8Array[] = []
    const keep = (update: Uint8Array) => updates.push(update)
    const outcome = this.doc.transact(() => {
      const outcome = work()
      if (wants()) this.doc.on('update', keep)
      return outcome
    })
    this.doc.off('update', keep)
    // What may come after it is Yjs tidying up formatting, which every copy does for itself.
    return { outcome, update: updates[0] ?? null }
  }

  /** Applies an update that builds on nothing that is missing, and looks at what it made of the note. */
  apply(update: Uint8Array, { staysInText }: { readonly staysInText: boolean }): Applied {
    let transaction: Y.Transaction
    try {
      transaction = this.doc.transact((transaction) => {
        Y.applyUpdate(this.doc, update)
        return transaction
      })
    } catch {
      return malformed
    }
    const { pendingStructs, pendingDs } = this.doc.store
    if (pendingStructs !== null || pendingDs !== null) return malformed
    const problem = staysInText ? null : this.#problemIn([...transaction.changed.keys()])
    return problem === null ? { kind: 'applied' } : { kind: 'not-a-note', problem }
  }

  /** The whole note, of which only changed blocks are read. */
  read(): NoteReading {
    const problem = fragmentProblem(this.#fragment)
    if (problem !== null) return { ok: false, problem }
    const content: NoteBlock[] = []
    for (const child of this.#fragment.toArray()) {
      const known = this.#read.get(child)
      const reading = known ? ({ ok: true, blocks: known } as const) : readNoteBlock(child)
      if (!reading.ok) return reading
      this.#read.set(child, reading.blocks)
      content.push(...reading.blocks)
    }
    return { ok: true, ...toNote(content) }
  }

  destroy(): void {
    this.doc.destroy()
  }

  #problemIn(changed: readonly unknown[]): string | null {
    if (this.doc.share.size > 1) return 'the document holds something other than the note'
    const blocks = this.#blocksOf(changed)
    if (changed.includes(this.#fragment)) {
      const problem = fragmentProblem(this.#fragment)
      if (problem !== null) return problem
      for (const child of this.#fragment.toArray()) if (!this.#sound.has(child)) blocks.add(child)
    }
    for (const block of blocks) {
      const reading = readNoteBlock(block)
      if (!reading.ok) return reading.problem
      this.#sound.add(block)
      this.#read.set(block, reading.blocks)
    }
    return null
  }

  /** The direct children of the fragment that something changed in. */
  #blocksOf(changed: Iterable<unknown>): Set<object> {
    const blocks = new Set<object>()
    for (const type of changed) {
      const block = type instanceof Y.AbstractType ? this.#blockOf(type) : null
      if (block !== null) blocks.add(block)
    }
    return blocks
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
