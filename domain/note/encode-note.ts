/**
 * A note as the Yjs update that brings its text into an empty shared document, built as TipTap's binding builds it:
 * an element for each node, one text for each run of text nodes, marks as formatting.
 */
import * as Y from 'yjs'
import type { NoteBlock, NoteInline, NoteJson, NoteListItem, NoteMark } from './note-json.ts'

/** The name of the shared type in a note's Y.Doc that holds its text. */
export const noteFragmentName = 'note'

/**
 * The Yjs client id of the text that a note begins with. The same text always encodes to the same bytes, so that to
 * apply it twice changes nothing; no connection may write under it.
 */
export const foundingClientId = 1

/** The Yjs update (version 1) with which a note begins. For a document that has no other text. */
export function encodeNote(json: NoteJson): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = foundingClientId
  doc.transact(() => doc.getXmlFragment(noteFragmentName).insert(0, json.content.map(toElement)))
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

function toElement(node: NoteBlock | NoteListItem): Y.XmlElement {
  const element = new Y.XmlElement(node.type)
  if (node.type === 'orderedList') {
    // Yjs keeps any JSON here, as the binding relies on; only its types know strings alone.
    Reflect.apply(element.setAttribute, element, ['start', node.attrs?.start ?? 1])
  }
  element.insert(0, node.type === 'paragraph' ? toInline(node.content ?? []) : node.content.map(toElement))
  return element
}

/** Neighbouring text nodes share one Y.XmlText. */
function toInline(content: readonly NoteInline[]): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = []
  let run: object[] = []
  const endRun = () => {
    if (run.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(run)
    types.push(text)
    run = []
  }
  for (const node of content) {
    if (node.type === 'text') {
      run.push({ insert: node.text, attributes: toAttributes(node.marks ?? []) })
      continue
    }
    endRun()
    types.push(new Y.XmlElement('hardBreak'))
  }
  endRun()
  return types
}

const toAttributes = (marks: readonly NoteMark[]) =>
  Object.fromEntries(marks.map((mark) => [mark.type, mark.type === 'link' ? mark.attrs : {}]))
