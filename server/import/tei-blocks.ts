/**
 * Turns the texts of a TEI file into blocks. Divisions give their heads a level; speeches, verse and notes become what
 * readers cite them by; breaks of pages and numbered lines become marks on the words they stand before.
 */
import type { BlockForm, SourceBlock, TextRange } from '#domain/text/edition-text.ts'
import { InlineWriter, joinInline, toLines, toOneLine } from './inline-writer.ts'
import type { LineJoiner } from './join-lines.ts'
import { TeiLines } from './tei-lines.ts'
import { TeiNotes } from './tei-notes.ts'
import { chooseReading, isBreak, TEI_BLOCKS, TEI_SILENT, toTeiMark } from './tei-words.ts'
import { toBlocks } from './to-blocks.ts'
import { type XmlElement, type XmlNode, xmlChildren, xmlElementsIn, xmlText } from './xml-tree.ts'

/** Verse without stanzas is cut after so many lines, so that its parts can be cited. */
const LONGEST_STANZA = 60
const DIVISION = /^(?:div\d?|group|floatingText)$/

interface Place {
  /** Divisions it stands in. */
  readonly depth: number
  readonly quotations: number
  readonly lists: number
  readonly form: BlockForm
}

/** The blocks of texts, in order; `joiner` knows how the words of the file are written. */
export function toTeiBlocks(texts: readonly XmlElement[], joiner: LineJoiner): SourceBlock[] {
  const walker = new TeiWalker(texts, joiner)
  const place: Place = { depth: 0, quotations: 0, lists: 0, form: { kind: 'paragraph' } }
  for (const text of texts) walker.walkBlock(text, place)
  return walker.blocks
}

class TeiWalker {
  readonly blocks: SourceBlock[] = []
  private readonly writer = new InlineWriter()
  private readonly prose: TeiLines
  /** Lines of verse that stand in the writer. */
  private lines = 0
  private readonly notes: TeiNotes
  private isInNote = false
  /** Forms of list items that have a block: each item has a form of its own. */
  private readonly begunItems = new WeakSet<BlockForm>()

  constructor(texts: readonly XmlElement[], joiner: LineJoiner) {
    this.prose = new TeiLines(this.writer, joiner)
    this.notes = new TeiNotes(texts.flatMap((text) => [...xmlElementsIn(text)]))
  }

  walkBlock(element: XmlElement, place: Place): void {
    const { name } = element
    if (DIVISION.test(name)) this.walkContainer(element, { ...place, depth: place.depth + 1 })
    else if (name === 'head') this.walkHead(element, place)
    else if (name === 'lg') this.walkStanza(element, place)
    else if (name === 'l') this.walkLine(element, place)
    else if (name === 'speaker') this.walkContainer(element, { ...place, form: { kind: 'speaker' } })
    else if (name === 'stage') this.walkMarked(element, place)
    else if (name === 'list' || name === 'castList' || name === 'listBibl') this.walkList(element, place)
    else if (name === 'table') this.walkTable(element)
    else if (name === 'figure') this.walkFigure(element, place)
    else if (name === 'epigraph') this.walkQuotation(element, place)
    else this.walkContainer(element, place)
  }

  private walkContainer(element: XmlElement, place: Place): void {
    this.flush(place)
    for (const [index, child] of element.children.entries()) this.walk(child, element, index, place)
    this.flush(place)
  }

  private walk(node: XmlNode, parent: XmlElement, index: number, place: Place): void {
    if (node.kind === 'text') this.prose.write(node.value, node.range, parent.children, index, this.lines > 0)
    else this.walkElement(node, parent, place)
  }

  private walkElement(element: XmlElement, parent: XmlElement, place: Place): void {
    const { name } = element
    if (TEI_SILENT.has(name)) return
    if (isBreak(element)) this.walkBreak(element)
    else if (name === 'note') this.walkNote(element, parent, place)
    else if (name === 'gap') this.writer.write('[…]')
    else if (name === 'space') this.writer.write(' ')
    else if (name === 'l' || name === 'lg') this.walkBlock(element, place)
    else if (['q', 'quote', 'said', 'cit'].includes(name) && isBlockQuotation(element, parent))
      name === 'cit' ? this.walkCitation(element, place) : this.walkQuotation(element, place)
    else if (TEI_BLOCKS.has(name)) {
      this.flush(place)
      this.walkBlock(element, place)
      this.flush(place)
    } else this.walkInline(element, place)
  }

  private walkInline(element: XmlElement, place: Place): void {
    const note = this.notes.calledBy(element)
    if (note) {
      this.callNote(note, xmlText(element) || note.attributes.n)
      return
    }
    const reading = chooseReading(element)
    if (reading) {
      this.walkElement(reading, element, place)
      return
    }
    const mark = toTeiMark(element)
    if (mark) this.writer.openMark(mark)
    for (const [index, child] of element.children.entries()) this.walk(child, element, index, place)
    if (mark) this.writer.closeMark()
  }

  private walkHead(head: XmlElement, place: Place): void {
    if (place.lists > 0 || place.form.kind !== 'paragraph') {
      this.walkContainer(head, { ...place, form: place.lists > 0 ? { kind: 'paragraph' } : place.form })
      return
    }
    this.walkContainer(head, { ...place, form: toHeading(place.depth) })
  }

  /** An `lg` of `lg`s is a poem, one of lines a stanza. */
  private walkStanza(stanza: XmlElement, place: Place): void {
    this.flush(place)
    for (const [index, child] of stanza.children.entries()) {
      if (child.kind === 'element' && child.name === 'head') {
        this.flush(place)
        this.walkContainer(child, { ...place, form: this.isInNote ? place.form : toHeading(place.depth + 1) })
      } else this.walk(child, stanza, index, place)
    }
    this.flush(place)
  }

  private walkLine(line: XmlElement, place: Place): void {
    if (this.lines >= LONGEST_STANZA || (this.lines === 0 && !this.writer.isEmpty)) this.flush(place)
    if (this.lines > 0) this.writer.lineBreak()
    if (line.attributes.n) this.writer.startHere('line-start', line.attributes.n)
    for (const [index, child] of line.children.entries()) this.walk(child, line, index, place)
    this.lines += 1
  }

  private walkQuotation(element: XmlElement, place: Place): void {
    const quotations = place.quotations + 1
    const form: BlockForm = this.isInNote ? place.form : { kind: 'quotation', depth: quotations }
    this.flush(place)
    this.walkContainer(element, { ...place, quotations, form })
  }

  /** A quotation with its source. */
  private walkCitation(citation: XmlElement, place: Place): void {
    this.flush(place)
    for (const [index, child] of citation.children.entries()) {
      if (child.kind === 'element' && /^q(?:uote)?$/.test(child.name)) this.walkQuotation(child, place)
      else this.walk(child, citation, index, place)
    }
    this.flush(place)
  }

  private walkMarked(element: XmlElement, place: Place): void {
    this.flush(place)
    this.writer.openMark({ kind: 'emphasis' })
    for (const [index, child] of element.children.entries()) this.walk(child, element, index, place)
    this.writer.closeMark()
    this.flush(place)
  }

  private walkList(list: XmlElement, place: Place): void {
    this.flush(place)
    const isOrdered = /ordered|number/i.test(`${list.attributes.type ?? ''} ${list.attributes.rend ?? ''}`)
    const depth = place.lists + 1
    let ordinal = 1
    let label: XmlElement | null = null
    for (const [index, child] of list.children.entries()) {
      if (child.kind === 'element' && child.name === 'label') {
        label = child
        continue
      }
      const isItem = child.kind === 'element' && /^(?:item|castItem|bibl\w*)$/.test(child.name)
      if (!isItem) {
        this.walk(child, list, index, { ...place, lists: depth })
        continue
      }
      const printed = Number.parseInt(child.attributes.n ?? (label ? xmlText(label) : ''), 10)
      if (isOrdered && printed > 0 && printed < 1e6) ordinal = printed
      const form: BlockForm = { kind: 'list-item', depth, ordinal: isOrdered ? ordinal : null }
      if (label && !isOrdered) this.writer.write(`${xmlText(label)} `)
      for (const [at, part] of child.children.entries())
        this.walk(part, child, at, { ...place, lists: depth, form })
      this.flush({ ...place, lists: depth, form })
      label = null
      ordinal += 1
    }
    this.flush(place)
  }

  private walkTable(table: XmlElement): void {
    const rows = [...xmlElementsIn(table)].filter(({ name }) => name === 'row')
    const lines = rows.map((row) =>
      joinInline(
        xmlChildren(row, 'cell').map((cell) => toOneLine({ text: xmlText(cell), marks: [] })),
        '\t',
      ),
    )
    const head = xmlChildren(table, 'head')[0]
    if (head) this.push({ kind: 'paragraph' }, { text: xmlText(head), marks: [] }, head.range)
    const headerRows = rows.findIndex(({ attributes }) => attributes.role !== 'label')
    const form: BlockForm = { kind: 'table', headerRows: headerRows === -1 ? rows.length : headerRows }
    this.push(form, joinInline(lines, '\n'), table.range)
  }

  private walkFigure(figure: XmlElement, place: Place): void {
    this.flush(place)
    const parts = xmlChildren(figure).filter(({ name }) => name === 'head' || name === 'figDesc')
    const text = parts.map(xmlText).join(' ')
    this.push({ kind: 'image', source: null }, { text, marks: [] }, figure.range)
    for (const [index, child] of figure.children.entries())
      if (child.kind === 'element' && !parts.includes(child)) this.walk(child, figure, index, place)
    this.flush(place)
  }

  private walkBreak(element: XmlElement): void {
    const { name, attributes } = element
    const label = attributes.n?.trim()
    if (name === 'pb' && label) this.writer.startHere('page-start', label)
    if (name === 'lb' && label) this.writer.startHere('line-start', label)
  }

  /** A note in running text is marked there; one that a mark elsewhere calls is left for it; others are blocks. */
  private walkNote(note: XmlElement, parent: XmlElement, place: Place): void {
    if (this.notes.isCalledElsewhere(note)) return
    const isInText =
      !this.isInNote && (!this.writer.isEmpty || /^(?:p|ab|l|head|item|cell)$/.test(parent.name))
    if (isInText) this.callNote(note, note.attributes.n)
    else this.walkContainer(note, place)
  }

  private callNote(note: XmlElement, printed: string | undefined): void {
    const label = this.notes.call(note)
    this.writer.openMark({ kind: 'note-reference', label })
    this.writer.write(printed?.trim() || label)
    this.writer.closeMark()
  }

  private flush(place: Place): void {
    const isVerse = this.lines > 0
    this.lines = 0
    const inline = this.writer.take()
    const { range, keepsLines } = this.prose.take()
    if (inline.text !== '') {
      if (isVerse && !this.isInNote)
        this.push({ kind: 'verse', depth: place.quotations }, joinInline(toLines(inline), '\n'), range)
      else if (keepsLines && !this.isInNote) this.blocks.push(...toBlocks(place.form, inline, range))
      else this.push(place.form, toOneLine(inline), range)
    }
    if (!this.isInNote) this.flushNotes(place)
  }

  private push(
    form: BlockForm,
    inline: { text: string; marks: SourceBlock['marks'] },
    source: TextRange | null,
  ) {
    if (inline.text.trim() === '') return
    const goesOn = form.kind === 'list-item' && this.begunItems.has(form)
    this.begunItems.add(form)
    this.blocks.push({ form: goesOn ? { ...form, continued: true } : form, ...inline, source })
  }

  private flushNotes(place: Place): void {
    for (const { note, label } of this.notes.takeCalled()) {
      this.isInNote = true
      this.walkContainer(note, { ...place, quotations: 0, lists: 0, form: { kind: 'footnote', label } })
      this.isInNote = false
    }
  }
}

function toHeading(depth: number): BlockForm {
  const levels = [1, 1, 2, 3, 4, 5, 6] as const
  return { kind: 'heading', level: levels[Math.min(depth, 6)] ?? 6 }
}

/** A quotation is a block where it stands between blocks, or holds any; else it is a part of its line. */
function isBlockQuotation(element: XmlElement, parent: XmlElement): boolean {
  return (
    DIVISION.test(parent.name) ||
    /^(?:body|front|back|epigraph|argument)$/.test(parent.name) ||
    holdsBlocks(element)
  )
}

function holdsBlocks(element: XmlElement): boolean {
  for (const { name } of xmlElementsIn(element)) if (/^(?:p|l|lg|list|sp|ab)$/.test(name)) return true
  return false
}
