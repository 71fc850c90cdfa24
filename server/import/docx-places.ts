/**
 * Where the blocks of a Word document stand in its parts. `mammoth` does not tell, so each block is looked for by its
 * words among the paragraphs and tables of the part, in their order; one whose words the part does not have in one
 * piece gets no place, since a guessed one would be worse.
 */
import type { SourceBlock, SourcePlace } from '#domain/text/edition-text.ts'
import { parseXml, type XmlElement } from './xml-tree.ts'

const MAIN = 'word/document.xml'
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml']

/** The blocks, each with the range of the decoded part that its words come from, or null. */
export function placeDocxBlocks(
  blocks: readonly SourceBlock[],
  parts: ReadonlyMap<string, string>,
): SourceBlock[] {
  const main = new PlacedWords(parts, [MAIN])
  const notes = new PlacedWords(parts, NOTES)
  return blocks.map((block) => ({
    ...block,
    source: (block.form.kind === 'footnote' ? notes : main).take(toKey(ownWords(block))),
  }))
}

/** The paragraphs and tables of some parts by their words; each is taken once, the earlier first. */
class PlacedWords {
  private readonly places = new Map<string, SourcePlace[]>()

  constructor(parts: ReadonlyMap<string, string>, names: readonly string[]) {
    for (const part of names) {
      const text = parts.get(part)
      const root = text === undefined ? null : parseXml(text)
      for (const element of root ? listPieces(root) : []) {
        const key = toKey(wordsOf(element))
        const known = this.places.get(key)
        const place = { ...element.range, part }
        if (known) known.push(place)
        else this.places.set(key, [place])
      }
    }
    for (const same of this.places.values()) same.reverse()
  }

  take(key: string): SourcePlace | null {
    return this.places.get(key)?.pop() ?? null
  }
}

function* listPieces(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.kind !== 'element') continue
    if (child.name === 'p' || child.name === 'tbl') yield child
    else yield* listPieces(child)
  }
}

function wordsOf(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (child.kind === 'text') return element.name === 't' ? child.value : ''
      return wordsOf(child)
    })
    .join('')
}

/** Without the marks of notes, which mammoth numbers itself. */
function ownWords({ text, marks }: SourceBlock): string {
  const noted = marks.filter(({ kind }) => kind === 'note-reference').sort((a, b) => b.start - a.start)
  return noted.reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}

/** Tabs and breaks are elements in the one and characters in the other. */
const toKey = (words: string) => words.replace(/\s+/gu, '')
