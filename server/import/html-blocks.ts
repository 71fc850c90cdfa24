/**
 * Turns the elements of an article into blocks: each element that starts a line of its own ends the block before it;
 * text that stands directly in a container is a paragraph. Only text and known marks go on, so nothing that a page can
 * do survives.
 */
import type { Element, Nodes, Root } from 'hast'
import type { BlockForm, SourceBlock, TextRange } from '#domain/text/edition-text.ts'
import { isWayBack, type PageNotes } from './html-notes.ts'
import { holdsData, toTableBlock } from './html-table.ts'
import { attribute, childElements, findElement, rangeOf, textOf } from './html-tree.ts'
import { InlineWriter, joinInline, type MarkKind, type PlainMark } from './inline-writer.ts'
import { isFurniture } from './page-furniture.ts'
import { toBlocks } from './to-blocks.ts'

const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const MARKS: Readonly<Record<string, PlainMark>> = {
  em: 'emphasis', i: 'emphasis', cite: 'emphasis', dfn: 'emphasis', var: 'emphasis', strong: 'strong', b: 'strong',
  code: 'code', kbd: 'code', samp: 'code', tt: 'code', sup: 'superscript', sub: 'subscript', s: 'strikethrough',
  del: 'strikethrough', strike: 'strikethrough', u: 'underline', ins: 'underline', q: 'quotation',
} // biome-ignore format: one table

/** A property that an importer sets where it knows that a printed page begins; no page can write it as an attribute. */
export const PAGE_START = 'postilPageStart'

const NO_NOTES: PageNotes = { toLabel: () => null, noteOf: () => null, isNote: () => false }

interface Place {
  readonly quotations: number
  readonly lists: number
  /** The form of the next run of text. */
  readonly form: BlockForm
}

/** The blocks of an element and all that stands in it. */
export function toHtmlBlocks(root: Element | Root, notes: PageNotes = NO_NOTES): SourceBlock[] {
  const walker = new HtmlWalker(notes)
  walker.walkChildren(root, { quotations: 0, lists: 0, form: { kind: 'paragraph' } })
  return walker.blocks.map((block, index) => {
    const anchors = walker.anchors.get(index)
    return anchors ? { ...block, anchors } : block
  })
}

/** The mark an inline element stands for, if any. */
export function toMark(tagName: string): MarkKind | null {
  const kind = MARKS[tagName]
  return kind ? { kind } : null
}

class HtmlWalker {
  readonly blocks: SourceBlock[] = []
  /** Ids in the source by the index of the block they stand in. */
  readonly anchors = new Map<number, string[]>()
  private readonly writer = new InlineWriter()
  private readonly pendingNotes: string[] = []
  private readonly writtenNotes = new Set<Element>()
  private range: TextRange | null = null
  private openItem: { form: BlockForm; isUsed: boolean } | null = null
  private isInNote = false

  constructor(
    private readonly notes: PageNotes,
    private readonly isCell = false,
  ) {}

  walkChildren(node: Element | Root, place: Place): void {
    for (const child of node.children) this.walk(child, place)
    if (node.type === 'root' || BLOCKS.has(node.tagName)) this.flush(place)
  }

  private walk(node: Nodes, place: Place): void {
    if (node.type === 'text') {
      if (node.value.trim() !== '') this.extendRange(node)
      this.writer.write(node.value)
    } else if (node.type === 'element') this.walkElement(node, place)
  }

  private walkElement(element: Element, place: Place): void {
    const { tagName } = element
    const page = pageStartOf(element)
    if (page !== null) this.writer.startHere('page-start', page)
    if (attribute(element, 'role') === 'doc-pagebreak') return
    if (isFurniture(element, 1) || (this.notes.isNote(element) && !this.isInNote)) return
    if (tagName === 'br') this.writer.lineBreak()
    else if (tagName === 'img') this.walkImage(element, place)
    else if (tagName === 'math') this.writer.write(attribute(element, 'alttext') ?? textOf(element))
    else if (BLOCKS.has(tagName)) {
      this.flush(place)
      this.nameNextBlock(element)
      this.walkBlock(element, place)
    } else {
      this.nameNextBlock(element)
      this.walkInline(element, place)
    }
  }

  private nameNextBlock(element: Element): void {
    const name = attribute(element, 'id') ?? (element.tagName === 'a' ? attribute(element, 'name') : null)
    if (name === null) return
    const names = this.anchors.get(this.blocks.length)
    if (names) names.push(name)
    else this.anchors.set(this.blocks.length, [name])
  }

  private walkInline(element: Element, place: Place): void {
    if (this.isInNote && element.tagName === 'a' && isWayBack(element)) return
    const mark = this.toMark(element)
    if (mark) this.writer.openMark(mark)
    for (const child of element.children) this.walk(child, place)
    if (mark) this.writer.closeMark()
  }

  private toMark(element: Element): MarkKind | null {
    if (element.tagName === 'a') {
      const label = this.notes.toLabel(element)
      if (label !== null) {
        this.pendingNotes.push(label)
        return { kind: 'note-reference', label }
      }
      const href = attribute(element, 'href')
      return href && !href.startsWith('#') ? { kind: 'link', href } : null
    }
    const set = `${attribute(element, 'style') ?? ''} ${attribute(element, 'className') ?? ''}`
    if (/(?:^|[\s:])small-?caps(?:$|[\s;])/i.test(set)) return { kind: 'small-caps' }
    // The mark of a note is raised by what it is.
    const isNoteMark =
      element.tagName === 'sup' && findElement(element, (e) => this.notes.toLabel(e) !== null)
    return isNoteMark ? null : toMark(element.tagName)
  }

  private walkBlock(element: Element, place: Place): void {
    const { tagName } = element
    if (/^h[1-6]$/.test(tagName)) this.walkHeading(element, place)
    else if (tagName === 'blockquote') {
      const quotations = place.quotations + 1
      this.walkChildren(element, { ...place, quotations, form: { kind: 'quotation', depth: quotations } })
    } else if (tagName === 'ul' || tagName === 'ol') this.walkList(element, place)
    else if (tagName === 'pre') this.walkCode(element)
    else if (tagName === 'table') this.walkTable(element, place)
    else if (tagName === 'figure') this.walkFigure(element, place)
    else if (tagName === 'p' && holdsOnlyImage(element)) this.walkFigure(element, place)
    else this.walkChildren(element, place)
  }

  private walkHeading(element: Element, place: Place): void {
    const level = Number(element.tagName[1])
    const form: BlockForm =
      level >= 1 && level <= 6 ? { kind: 'heading', level: level as 1 | 2 | 3 | 4 | 5 | 6 } : place.form
    this.walkChildren(element, { ...place, form })
  }

  private walkList(list: Element, place: Place): void {
    const depth = place.lists + 1
    const isOrdered = list.tagName === 'ol'
    let ordinal = isOrdered ? (toNumber(attribute(list, 'start')) ?? 1) : 0
    const outer = this.openItem
    for (const child of childElements(list)) {
      ordinal = toNumber(attribute(child, 'value')) ?? ordinal
      const form: BlockForm = { kind: 'list-item', depth, ordinal: isOrdered ? ordinal : null }
      this.openItem = { form, isUsed: false }
      const inside = { ...place, lists: depth, form }
      if (child.tagName === 'li') {
        if (!(this.notes.isNote(child) && !this.isInNote)) this.walkChildren(child, inside)
        ordinal += 1
      } else this.walkElement(child, inside)
      this.flush(inside)
    }
    this.openItem = outer
  }

  private walkCode(element: Element): void {
    const code = childElements(element).find(({ tagName }) => tagName === 'code')
    const names = `${attribute(code ?? element, 'className') ?? ''}`
    const language = /(?:^|\s)lang(?:uage)?-([\w+#-]+)/.exec(names)?.[1] ?? null
    const text = textOf(element)
      .replace(/\r\n?/g, '\n')
      .replace(/^\n+|\s+$/g, '')
    if (text !== '')
      this.blocks.push({ form: { kind: 'code', language }, text, marks: [], source: rangeOf(element) })
  }

  private walkTable(table: Element, place: Place): void {
    if (!holdsData(table)) {
      this.walkChildren(table, place)
      return
    }
    for (const caption of childElements(table))
      if (caption.tagName === 'caption') this.walkChildren(caption, place)
    const cell = (element: Element) => {
      const walker = new HtmlWalker(this.notes, true)
      for (const child of element.children) walker.walk(child, place)
      this.pendingNotes.push(...walker.pendingNotes)
      const runs = [...walker.blocks, walker.writer.take()].filter(({ text }) => text !== '')
      return joinInline(runs, ' ')
    }
    const block = toTableBlock(table, cell)
    if (block) this.blocks.push(block)
    this.flushNotes()
  }

  private walkFigure(figure: Element, place: Place): void {
    const image = findElement(figure, ({ tagName }) => tagName === 'img')
    const caption = findElement(figure, ({ tagName }) => tagName === 'figcaption')
    const others = findElement(figure, ({ tagName }) =>
      ['blockquote', 'pre', 'table', 'p', 'ul', 'ol'].includes(tagName),
    )
    if (!image || (others && (!caption || !textOf(caption).includes(textOf(others))))) {
      this.walkChildren(figure, place)
      return
    }
    const source = attribute(image, 'src')
    const alt = attribute(image, 'alt') ?? ''
    const form: BlockForm = { kind: 'image', source: source && /^https?:/.test(source) ? source : null }
    if (caption && textOf(caption).trim() !== '') this.walkChildren(caption, { ...place, form })
    else this.pushImage(form, alt, figure)
  }

  /** An image alone is a figure; one among words stands for its description. */
  private walkImage(image: Element, place: Place): void {
    const alt = attribute(image, 'alt')?.trim() ?? ''
    if (alt === '') return
    this.writer.write(place.form.kind === 'heading' || !this.writer.isEmpty ? ` ${alt} ` : `${alt} `)
    this.extendRange(image)
  }

  private pushImage(form: BlockForm, alt: string, element: Element): void {
    const text = alt.replace(/\s+/g, ' ').trim()
    if (text !== '') this.blocks.push({ form, text, marks: [], source: rangeOf(element) })
  }

  private flush(place: Place): void {
    const form =
      this.isInNote || this.openItem === null || place.form.kind !== 'list-item'
        ? place.form
        : this.itemForm()
    const found = toBlocks(form, this.writer.take(), this.range)
    this.range = null
    if (found.length > 0) {
      if (this.openItem && form.kind === 'list-item') this.openItem.isUsed = true
      this.blocks.push(...found)
    }
    if (!this.isInNote && !this.isCell) this.flushNotes()
  }

  private itemForm(): BlockForm {
    const item = this.openItem
    if (item?.form.kind !== 'list-item') return { kind: 'paragraph' }
    return item.isUsed ? { ...item.form, continued: true } : item.form
  }

  private flushNotes(): void {
    for (const label of this.pendingNotes.splice(0)) {
      const note = this.notes.noteOf(label)
      if (!note || this.writtenNotes.has(note)) continue
      this.writtenNotes.add(note)
      this.isInNote = true
      this.walkChildren(note, { quotations: 0, lists: 0, form: { kind: 'footnote', label } })
      this.isInNote = false
    }
  }

  private extendRange(node: Nodes): void {
    const range = rangeOf(node)
    if (range) this.range = { start: this.range?.start ?? range.start, end: range.end }
  }
}

function holdsOnlyImage(element: Element): boolean {
  return textOf(element).trim() === '' && findElement(element, ({ tagName }) => tagName === 'img') !== null
}

/** The number of the printed page that begins with an element. */
function pageStartOf(element: Element): string | null {
  const known = attribute(element, PAGE_START)
  if (known !== null || attribute(element, 'role') !== 'doc-pagebreak') return known
  const raw = attribute(element, 'ariaLabel') ?? attribute(element, 'title') ?? textOf(element)
  const label = raw.replace(/^\s*(?:page|p\.|seite|s\.)(?=[\s\d])/i, '').trim()
  return label !== '' && label.length <= 20 ? label : null
}

function toNumber(value: string | null): number | null {
  return value !== null && /^-?\d{1,9}$/.test(value) ? Number(value) : null
}
