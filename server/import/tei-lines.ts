import type { TextRange } from '#domain/text/edition-text.ts'
import type { InlineWriter } from './inline-writer.ts'
import type { LineJoiner } from './join-lines.ts'
import { isBreak, isWithinWord } from './tei-words.ts'
import type { XmlNode } from './xml-tree.ts'

/** Writes the running text of a TEI file, and joins what the breaks of its lines and pages part. */
export class TeiLines {
  /** What stands for the break that the last text ended at, until there is text after it. */
  private afterBreak: '' | ' ' | null = null
  /** How much of the next text belongs to the word that a break parted. */
  private restOfWord = 0
  private keepsLines = false
  private range: TextRange | null = null

  constructor(
    private readonly writer: InlineWriter,
    private readonly joiner: LineJoiner,
  ) {}

  /** Writes a text, one of these siblings; in verse, lines of prose are not kept even where they are not joined. */
  write(raw: string, range: TextRange, siblings: readonly XmlNode[], index: number, isVerse: boolean): void {
    let text = raw
    if (this.afterBreak !== null && text.trim() !== '') {
      text = this.afterBreak + text.trimStart()
      this.afterBreak = null
    }
    if (text.trim() !== '') {
      this.range = { start: this.range?.start ?? range.start, end: range.end }
      text = this.endWord(text)
    }
    const found = findBreak(siblings, index)
    if (!found) this.writer.write(text)
    else if (text.trim() !== '') this.writeUpToBreak(text.trimEnd(), found, isVerse)
  }

  /** Ends a block: where its words stand in the file, and whether line ends of prose are in it, not to be joined. */
  take(): { range: TextRange | null; keepsLines: boolean } {
    const { range, keepsLines } = this
    this.range = null
    this.keepsLines = false
    this.afterBreak = null
    return { range, keepsLines }
  }

  private writeUpToBreak(text: string, { isWithinWord, isLine, next }: Break, isVerse: boolean): void {
    if (isWithinWord) {
      const hyphen = /[-\u2010\u00AD¬⸗]$/.test(text) ? 1 : 0
      this.writer.write(text.slice(0, text.length - hyphen))
      this.afterBreak = ''
      return
    }
    if (isLine && !this.joiner.switches.lines && !isVerse) {
      this.writer.write(text)
      this.writer.lineBreak()
      this.keepsLines = true
      return
    }
    const { drop, glue, repairs } = this.joiner.joint(text, next.trimStart())
    const mended = text.slice(0, text.length - drop)
    const [repair] = repairs
    this.afterBreak = glue
    if (!repair) {
      this.writer.write(mended)
      return
    }
    this.writer.write(mended.slice(0, repair.start))
    this.writer.openMark(repair)
    this.writer.write(mended.slice(repair.start))
    this.restOfWord = repair.end
  }

  /** Writes the rest of a word that a break parted; gives what comes after it. */
  private endWord(text: string): string {
    if (this.restOfWord === 0) return text
    this.writer.write(text.slice(0, this.restOfWord))
    this.writer.closeMark()
    const rest = text.slice(this.restOfWord)
    this.restOfWord = 0
    return rest
  }
}

/** The breaks that a text ends at, and the words after them. */
interface Break {
  readonly isWithinWord: boolean
  /** Whether a line ended there. */
  readonly isLine: boolean
  readonly next: string
}

/** The break after a text of these siblings; white space between breaks does not count. */
function findBreak(siblings: readonly XmlNode[], index: number): Break | null {
  const found = { isWithinWord: false, isLine: false, next: '' }
  let hasBreak = false
  for (const node of siblings.slice(index + 1, index + 12)) {
    if (node.kind === 'text') {
      if (node.value.trim() !== '') return hasBreak ? { ...found, next: node.value } : null
    } else if (isBreak(node)) {
      hasBreak = true
      found.isLine ||= node.name === 'lb'
      found.isWithinWord ||= isWithinWord(node)
    } else if (node.name !== 'fw') break
  }
  return hasBreak ? found : null
}
