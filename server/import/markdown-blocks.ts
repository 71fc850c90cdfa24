/** Turns a Markdown tree into blocks, with HTML inside it reduced to its text and known marks. */
import type {
  BlockContent,
  DefinitionContent,
  FootnoteDefinition,
  Heading,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast'
import type { BlockForm, SourceBlock, TextRange } from '#domain/text/edition-text.ts'
import { toHtmlBlocks } from './html-blocks.ts'
import { parseFragment } from './html-tree.ts'
import { type InlineText, joinInline, toOneLine } from './inline-writer.ts'
import type { LineJoiner } from './join-lines.ts'
import { toMarkdownWords } from './markdown-words.ts'
import { toBlocks } from './to-blocks.ts'

interface Place {
  readonly quotations: number
  readonly lists: number
  readonly form: BlockForm
}

/** The blocks of a document; each footnote comes after the block that marks it first. `joiner` knows its words. */
export function toMarkdownBlocks(tree: Root, joiner: LineJoiner): SourceBlock[] {
  const walker = new MarkdownWalker(tree, joiner)
  walker.walkAll(tree.children, { quotations: 0, lists: 0, form: { kind: 'paragraph' } })
  walker.addUnmarkedNotes()
  return walker.blocks
}

class MarkdownWalker {
  readonly blocks: SourceBlock[] = []
  private readonly links = new Map<string, string>()
  private readonly notes = new Map<string, FootnoteDefinition>()
  private readonly written = new Set<string>()
  private readonly headingNames = new Map<string, number>()
  private pending: string[] = []

  constructor(
    tree: Root,
    private readonly joiner: LineJoiner,
  ) {
    this.collect(tree)
  }

  walkAll(nodes: readonly RootContent[], place: Place): void {
    for (const node of nodes) this.walk(node, place)
  }

  addUnmarkedNotes(): void {
    this.pending.push(...this.notes.keys())
    this.flushNotes()
  }

  private collect(node: Nodes): void {
    if (node.type === 'definition' && !this.links.has(node.identifier))
      this.links.set(node.identifier, node.url)
    if (node.type === 'footnoteDefinition' && !this.notes.has(node.identifier))
      this.notes.set(node.identifier, node)
    if ('children' in node) for (const child of node.children) this.collect(child)
  }

  private walk(node: RootContent, place: Place): void {
    switch (node.type) {
      case 'heading':
        this.pushHeading(node)
        return
      case 'paragraph':
        this.walkParagraph(node.children, place, node)
        return
      case 'blockquote': {
        const depth = place.quotations + 1
        this.walkAll(node.children, {
          ...place,
          quotations: depth,
          form: { kind: 'quotation', depth },
        })
        return
      }
      case 'list':
        this.walkList(node, place)
        return
      case 'code': {
        const form: BlockForm = { kind: 'code', language: node.lang ?? null }
        this.blocks.push({ form, text: node.value, marks: [], source: rangeOf(node) })
        return
      }
      case 'table':
        this.walkTable(node)
        return
      case 'html':
        this.walkHtml(node.value, node)
        return
      default:
        return
    }
  }

  private walkParagraph(children: readonly PhrasingContent[], place: Place, node: Nodes): void {
    const visible = children.filter((child) => !(child.type === 'text' && child.value.trim() === ''))
    const images = visible.filter((child) => child.type === 'image' || child.type === 'imageReference')
    if (images.length === 0 || images.length < visible.length) {
      this.push(place.form, this.toInline(children), node)
      return
    }
    for (const image of images) {
      const url = image.type === 'image' ? image.url : (this.links.get(image.identifier) ?? '')
      const form: BlockForm = { kind: 'image', source: /^https?:/i.test(url) ? url : null }
      this.push(form, { text: (image.alt ?? '').replace(/\s+/g, ' ').trim(), marks: [] }, image)
    }
  }

  private walkList(list: List, place: Place): void {
    const depth = place.lists + 1
    let ordinal = list.ordered ? (list.start ?? 1) : null
    for (const item of list.children) {
      this.walkItem(item, { ...place, lists: depth, form: { kind: 'list-item', depth, ordinal } })
      if (ordinal !== null) ordinal += 1
    }
  }

  private walkItem(item: ListItem, place: Place): void {
    const before = this.blocks.length
    for (const child of item.children) {
      const isFirst = this.blocks.length === before
      const isContinued = !isFirst && place.form.kind === 'list-item' && child.type === 'paragraph'
      this.walk(
        child,
        isContinued ? { ...place, form: { ...place.form, continued: true } as BlockForm } : place,
      )
    }
  }

  private walkTable(table: Table): void {
    const rows = table.children.map((row) =>
      joinInline(
        row.children.map((cell) => toOneLine(this.toInline(cell.children))),
        '\t',
      ),
    )
    const inline = joinInline(rows, '\n')
    if (inline.text.trim() !== '')
      this.blocks.push({ form: { kind: 'table', headerRows: 1 }, ...inline, source: rangeOf(table) })
    this.flushNotes()
  }

  private walkHtml(html: string, node: Nodes): void {
    const source = rangeOf(node)
    for (const block of toHtmlBlocks(parseFragment(html))) this.blocks.push({ ...block, source })
  }

  /** Links of other files lead to headings by their words, as sites that show Markdown name them. */
  private pushHeading(node: Heading): void {
    const inline = this.toInline(node.children)
    const [heading, ...rest] = toBlocks({ kind: 'heading', level: node.depth }, inline, rangeOf(node))
    if (!heading) return
    const name = heading.text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .replace(/\s/gu, '-')
    const count = this.headingNames.get(name) ?? 0
    this.headingNames.set(name, count + 1)
    this.blocks.push({ ...heading, anchors: [count === 0 ? name : `${name}-${count}`] }, ...rest)
    this.flushNotes()
  }

  private push(form: BlockForm, inline: InlineText, node: Nodes): void {
    this.blocks.push(...toBlocks(form, inline, rangeOf(node)))
    this.flushNotes()
  }

  private flushNotes(): void {
    if (this.pending.length === 0) return
    const labels = this.pending
    this.pending = []
    for (const label of labels) {
      const note = this.notes.get(label)
      if (!note || this.written.has(label)) continue
      this.written.add(label)
      const children: readonly (BlockContent | DefinitionContent)[] = note.children
      this.walkAll(children, { quotations: 0, lists: 0, form: { kind: 'footnote', label } })
    }
  }

  private toInline(nodes: readonly PhrasingContent[]): InlineText {
    const { links, joiner } = this
    return toMarkdownWords(nodes, { links, joiner, callNote: (label) => this.pending.push(label) })
  }
}

function rangeOf(node: Nodes): TextRange | null {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  return start === undefined || end === undefined ? null : { start, end }
}
