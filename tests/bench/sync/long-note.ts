/** Notes as people leave them: typed a word at a time, with corrections inside, so that they have many parts. */
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'

const words = 'the margin of a page holds what readers wrote while they read it together and apart'.split(' ')
const wordsInParagraph = 120

/** A note of about so many bytes, as one update; the same for the same length. */
export function encodeLongNote(bytes: number): Uint8Array {
  const doc = new Y.Doc()
  const note = doc.getXmlFragment(noteFragmentName)
  let seed = 7
  const below = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed % limit
  }
  for (;;) {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    note.push([paragraph])
    for (let count = 0; count < wordsInParagraph; count++) {
      const isCorrection = text.length > 30 && below(4) === 0
      const at = isCorrection ? below(text.length - 6) : text.length
      if (isCorrection && below(3) === 0) text.delete(at, 3)
      text.insert(at, `${words[below(words.length)]} `)
    }
    const state = Y.encodeStateAsUpdate(doc)
    if (state.length >= bytes) return state
  }
}
