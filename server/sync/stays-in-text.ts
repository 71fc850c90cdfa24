/**
 * Which updates need not be looked at once they are applied: those that write, format and delete words in texts of
 * paragraphs that stand there already. Nearly all are of this kind, and none can make the note anything but a note.
 */
import * as Y from 'yjs'
import { contentProblem } from '#domain/note/note-text.ts'

/** Whether a decoded update, nothing of which builds on what `doc` lacks, is of this kind. In doubt it is not. */
export function staysInText(doc: Y.Doc, { structs, ds }: ReturnType<typeof Y.decodeUpdate>): boolean {
  for (const struct of structs) if (!isWords(doc, struct)) return false
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) if (!isInText(doc, client, clock, len)) return false
  }
  return true
}

/** Whether the struct puts words, or their formatting, beside others in a paragraph's text. */
function isWords(doc: Y.Doc, struct: Y.AbstractStruct): boolean {
  if (!(struct instanceof Y.Item) || struct.parentSub !== null) return false
  const { origin, rightOrigin, parent, content } = struct
  if (contentProblem(content) !== null) return false
  const left = origin && textAround(doc, origin)
  const right = rightOrigin && textAround(doc, rightOrigin)
  const text = left ?? right ?? (parent instanceof Y.ID ? textAt(doc, parent) : null)
  return text !== null && (!origin || left === text) && (!rightOrigin || right === text)
}

/** Whether all that is deleted here stands in texts of paragraphs. */
function isInText(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  const structs = doc.store.clients.get(client)
  if (!structs || clock + length > Y.getState(doc.store, client)) return false
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= clock + length) return true
    if (!(struct instanceof Y.Item) || textOf(struct) === null) return false
  }
  return true
}

/** The text that the item with this id stands in. */
function textAround(doc: Y.Doc, id: Y.ID): Y.XmlText | null {
  const item = structAt(doc, id)
  return item instanceof Y.Item ? textOf(item) : null
}

/** The text that the item with this id is. */
function textAt(doc: Y.Doc, id: Y.ID): Y.XmlText | null {
  const item = structAt(doc, id)
  const type = item instanceof Y.Item && item.content instanceof Y.ContentType ? item.content.type : null
  return type instanceof Y.XmlText && isOfParagraph(type) ? type : null
}

function textOf({ parent, parentSub }: Y.Item): Y.XmlText | null {
  return parentSub === null && parent instanceof Y.XmlText && isOfParagraph(parent) ? parent : null
}

/** Elsewhere than in a paragraph a text is let be as long as it is empty. */
function isOfParagraph(text: Y.XmlText): boolean {
  const { parent } = text
  return parent instanceof Y.XmlElement && parent.nodeName === 'paragraph'
}

/** Null for what has not been applied yet: it may come with the same update. */
function structAt(doc: Y.Doc, { client, clock }: Y.ID): Y.AbstractStruct | null {
  const structs = doc.store.clients.get(client)
  if (!structs || clock >= Y.getState(doc.store, client)) return null
  return structs[Y.findIndexSS(structs, clock)] ?? null
}
