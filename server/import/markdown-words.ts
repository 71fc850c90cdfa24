import type { PhrasingContent } from 'mdast'
import { toMark } from './html-blocks.ts'
import { type InlineText, InlineWriter, type MarkKind } from './inline-writer.ts'
import type { LineJoiner } from './join-lines.ts'

/** What the words of a Markdown document need to know of the rest of it. */
export interface MarkdownSource {
  /** Addresses of links that are defined elsewhere, by their identifiers. */
  readonly links: ReadonlyMap<string, string>
  readonly joiner: LineJoiner
  /** Told of each mark of a footnote. */
  readonly callNote: (identifier: string) => void
}

const MARKS = { emphasis: 'emphasis', strong: 'strong', delete: 'strikethrough' } as const

/** The words of a block with their marks. */
export function toMarkdownWords(nodes: readonly PhrasingContent[], source: MarkdownSource): InlineText {
  return new MarkdownWords(source).read(nodes)
}

class MarkdownWords {
  private readonly writer = new InlineWriter()
  /** Tag of an HTML element whose content is no text, while it is open. */
  private skipped: string | null = null

  constructor(private readonly source: MarkdownSource) {}

  read(nodes: readonly PhrasingContent[]): InlineText {
    const openTags: string[] = []
    for (const node of nodes) this.write(node, openTags)
    return this.writer.take()
  }

  private write(node: PhrasingContent, openTags: string[]): void {
    if (node.type === 'html') {
      this.writeHtml(node.value, openTags)
      return
    }
    if (this.skipped !== null) return
    switch (node.type) {
      case 'text':
        this.writeLines(node.value)
        return
      case 'break':
        this.writer.lineBreak()
        return
      case 'inlineCode':
        this.mark({ kind: 'code' }, () => this.writer.append(node.value.replace(/\s+/g, ' ')))
        return
      case 'image':
      case 'imageReference':
        this.writer.write(node.alt ?? '')
        return
      case 'footnoteReference':
        this.source.callNote(node.identifier)
        this.mark({ kind: 'note-reference', label: node.identifier }, () =>
          this.writer.write(node.label ?? node.identifier),
        )
        return
      case 'emphasis':
      case 'strong':
      case 'delete':
        this.mark({ kind: MARKS[node.type] }, () => this.writeAll(node.children))
        return
      case 'link':
        this.mark({ kind: 'link', href: node.url }, () => this.writeAll(node.children))
        return
      case 'linkReference': {
        const href = this.source.links.get(node.identifier) ?? ''
        this.mark({ kind: 'link', href }, () => this.writeAll(node.children))
        return
      }
      default:
        return
    }
  }

  private writeAll(nodes: readonly PhrasingContent[]): void {
    const openTags: string[] = []
    for (const node of nodes) this.write(node, openTags)
    for (const _ of openTags) this.writer.closeMark()
  }

  private mark(mark: MarkKind, write: () => void): void {
    this.writer.openMark(mark)
    write()
    this.writer.closeMark()
  }

  /** One tag of HTML among words: it opens or closes a known mark, or hides what comes until its end. */
  private writeHtml(html: string, openTags: string[]): void {
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html)
    const name = tag?.[2]?.toLowerCase()
    if (!tag || name === undefined) return
    const isClosing = tag[1] === '/'
    if (this.skipped !== null) {
      if (isClosing && name === this.skipped) this.skipped = null
      return
    }
    if (/^(?:script|style|template|svg|math|iframe|object|noscript)$/.test(name)) {
      if (!isClosing && !html.endsWith('/>')) this.skipped = name
    } else if (name === 'br') this.writer.lineBreak()
    else if (isClosing && openTags.at(-1) === name) {
      openTags.pop()
      this.writer.closeMark()
    } else if (!isClosing) {
      const mark = toMark(name)
      if (!mark) return
      openTags.push(name)
      this.writer.openMark(mark)
    }
  }

  private writeLines(value: string): void {
    if (!value.includes('\n')) {
      this.writer.write(value)
      return
    }
    const lines = value.split(/ *\n */)
    // Right after emphasis, or before it, a line end stands alone.
    if (lines[0] === '') this.writer.write(' ')
    if (this.source.joiner.switches.lines) {
      this.writer.writeJoined(this.source.joiner.join(lines))
      return
    }
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.writer.lineBreak()
      this.writer.write(line)
    }
  }
}
