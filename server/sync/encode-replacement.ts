/** A note made to say something else, by an ordinary update. */
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import { toNoteNode } from '#domain/note/note-schema.ts'

/** An update, and the Yjs client id of what it brings; null when it only deletes. */
export interface Replacement {
  readonly update: Uint8Array
  readonly clientId: number | null
}

/**
 * The update, under a Yjs client id of its own, that makes the note in `doc` say `json`; null when it does already.
 * It is what TipTap's binding would make of that change in an editor: what stays the same is not touched, down to
 * the words of a paragraph, so that what others write there meanwhile stays in place. `doc` itself is not changed.
 */
export function encodeReplacement(doc: Y.Doc, json: NoteJson): Replacement | null {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const updates: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => updates.push(update))
  const fragment = copy.getXmlFragment(noteFragmentName)
  copy.transact(() => prosemirrorToYXmlFragment(toNoteNode(json), fragment))
  const clientId = Y.getState(copy.store, copy.clientID) > 0 ? copy.clientID : null
  copy.destroy()
  return updates.length > 0 ? { update: Y.mergeUpdates(updates), clientId } : null
}
