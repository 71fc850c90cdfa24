/**
 * Sets a run of text with its marks as HTML. Marks may overlap in any way: the text is cut where a mark begins or
 * ends, and elements are closed and opened again so that they nest. The text itself is never changed.
 */

import type { InlineMark } from './edition-text.ts'
import { escapeHtml } from './escape-html.ts'
import { toLinkTarget } from './link-target.ts'

/** How the notes of a page are known to each other: the ids that marks and footnotes link by. */
export interface NoteLinks {
  /** The id of the footnote a label names, or null when it is not on this page. */
  readonly toFootnoteId: (label: string) => string | null
  /** The id for one more mark of a label: only the first mark of each gets one. */
  readonly takeReferenceId: (label: string) => string | null
  /** The id for the place where a printed page begins, or null when an earlier one has it. */
  readonly takePageId: (label: string) => string | null
  /** The id of a work in the page's list of works cited, or null when the page has no such list. */
  readonly toWorkId: (work: number) => string | null
  /** The id by which the list of works leads to the citation that begins at an offset, the first time it is asked for. */
  readonly takeCitationId: (start: number) => string | null
}

/** Renders `text`, which stands at `offset` in the canonical text, with the parts of `marks` that fall inside it. */
export function renderInline(
  text: string,
  offset: number,
  marks: readonly InlineMark[],
  notes: NoteLinks,
): string {
  const end = offset + text.length
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(mark.start, offset), end: Math.min(mark.end, end) }))
    .filter((mark) => mark.start < mark.end)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  if (inside.length === 0) return escapeHtml(text)

  const cuts = [...new Set([offset, end, ...inside.flatMap((mark) => [mark.start, mark.end])])]
  cuts.sort((a, b) => a - b)
  const html: string[] = []
  let open: readonly InlineMark[] = []
  let active: InlineMark[] = []
  let next = 0
  for (const [index, cut] of cuts.entries()) {
    active = active.filter((mark) => mark.end > cut)
    for (let mark = inside[next]; mark && mark.start === cut; mark = inside[next]) {
      active.push(mark)
      next += 1
    }
    const wanted = withoutDoubles(active)
    let kept = 0
    while (kept < open.length && open[kept] === wanted[kept]) kept += 1
    for (const mark of open.slice(kept).reverse()) html.push(toTags(mark, notes, false).close)
    for (const mark of wanted.slice(kept)) html.push(toTags(mark, notes, true).open)
    open = wanted
    html.push(escapeHtml(text.slice(cut - offset, (cuts[index + 1] ?? end) - offset)))
  }
  return html.join('')
}

/** A link cannot stand inside a link, nor does setting a word twice in the same way mean anything. */
function withoutDoubles(active: readonly InlineMark[]): InlineMark[] {
  const kinds = new Set<string>()
  return active.filter((mark) => {
    const kind = mark.kind === 'note-reference' || mark.kind === 'citation' ? 'link' : mark.kind
    if (kinds.has(kind)) return false
    kinds.add(kind)
    return true
  })
}

const TAGS = {
  emphasis: ['<em>', '</em>'],
  strong: ['<strong>', '</strong>'],
  code: ['<code>', '</code>'],
  'small-caps': ['<span class="small-caps">', '</span>'],
  superscript: ['<sup>', '</sup>'],
  subscript: ['<sub>', '</sub>'],
  strikethrough: ['<s>', '</s>'],
  underline: ['<u>', '</u>'],
  quotation: ['<q>', '</q>'],
  added: ['<ins>', '</ins>'],
  removed: ['<del>', '</del>'],
} as const

function toTags(mark: InlineMark, notes: NoteLinks, isOpening: boolean): { open: string; close: string } {
  if (mark.kind === 'link') {
    const target = toLinkTarget(mark.href)
    switch (target.kind) {
      case 'external':
        return {
          open: `<a href="${escapeHtml(target.href)}" rel="nofollow noopener noreferrer">`,
          close: '</a>',
        }
      case 'document':
        return { open: `<a href="${escapeHtml(target.href)}">`, close: '</a>' }
      case 'elsewhere':
        return { open: `<span class="link-elsewhere" title="${escapeHtml(target.href)}">`, close: '</span>' }
      case 'refused':
        return { open: '<span>', close: '</span>' }
    }
  }
  if (mark.kind === 'note-reference') {
    const footnoteId = notes.toFootnoteId(mark.label)
    if (!footnoteId) return { open: '<sup class="note-reference">', close: '</sup>' }
    const referenceId = isOpening ? notes.takeReferenceId(mark.label) : null
    const id = referenceId ? ` id="${referenceId}"` : ''
    return {
      open: `<sup class="note-reference"><a${id} href="#${footnoteId}" role="doc-noteref">`,
      close: '</a></sup>',
    }
  }
  if (mark.kind === 'citation') {
    const workId = mark.work === null ? null : notes.toWorkId(mark.work)
    if (!workId) return { open: '<span class="citation">', close: '</span>' }
    const id = isOpening ? notes.takeCitationId(mark.start) : null
    return {
      open: `<a class="citation"${id ? ` id="${id}"` : ''} href="#${workId}" role="doc-biblioref">`,
      close: '</a>',
    }
  }
  if (mark.kind === 'page-start' || mark.kind === 'line-start') return toStartTags(mark, notes, isOpening)
  const [open, close] = TAGS[mark.kind]
  return { open, close }
}

/** The number is an attribute, which a style sheet may show: it is no part of the text. */
function toStartTags(
  mark: Extract<InlineMark, { label: string }>,
  notes: NoteLinks,
  isOpening: boolean,
): { open: string; close: string } {
  const label = escapeHtml(mark.label)
  if (mark.kind === 'line-start') {
    const isFifth = /^\d*[05]$/.test(mark.label)
    return {
      open: `<span class="line-start${isFifth ? ' fifth' : ''}" data-line="${label}">`,
      close: '</span>',
    }
  }
  const pageId = isOpening ? notes.takePageId(mark.label) : null
  const id = pageId ? ` id="${pageId}"` : ''
  return { open: `<span class="page-start"${id} data-page="${label}">`, close: '</span>' }
}
