/**
 * Sets blocks as HTML. Safe to put into a page: everything is escaped, no address but http, https and mailto is linked.
 *
 * The invariant: the element with `data-start` and `data-end` has that slice of the canonical text as its
 * `textContent`. What is not the author's text (paragraph numbers, the way back from a footnote, the gutter) stands
 * outside it, in its row.
 *
 * Every block is one row, inside the list items and quotations it belongs to:
 *
 *     <div class="row row-<kind>" data-row="5">
 *       <a class="para-number" href="#p4">4</a>                            (not for headings)
 *       <p class="block paragraph" id="p4" dir="auto" data-block="5" data-start="120" data-end="480">…</p>
 *       <a class="footnote-back" href="#ref-…">↩</a>                       (footnotes only)
 *       <span class="gutter" data-gutter="5"></span>
 *     </div>
 *
 * Classes, for style sheets. On blocks, beside `block`: `heading level-1`…`level-6` (h2 to h6), `paragraph`,
 * `quoted` (p in `blockquote.quotation`), `list-item` (div in `li` in `ul.list` or `ol.list`; its row has `continued`
 * when it goes on with the item before), `verse` (p; set `white-space: pre-wrap`), `code` (code in `pre.code-frame`),
 * `speaker` (p), `table` (in `div.table-scroll`), `image` (figcaption in `figure.figure`), `footnote` (div; with
 * `data-label`, what its mark says, where its own words do not begin with that: for the style sheet to show).
 * Inline: `em strong code sup sub s u q`, `span.small-caps`, `span.link-elsewhere`, `sup.note-reference`,
 * `a.citation` (`span.citation` where it is not certain which work is meant), and
 * `span.cell-end`, which holds the tab or line feed after a table cell. Around the first character of a printed page
 * stands `span.page-start[data-page]`, of a numbered line `span.line-start[data-line]` (`fifth` when the number is a
 * multiple of five): the number is for the style sheet to show.
 */
import type { Block, BlockForm } from './edition-text.ts'
import { escapeHtml } from './escape-html.ts'
import { type NoteLinks, renderInline } from './render-inline.ts'
import { Nesting } from './render-nesting.ts'
import { renderTable } from './render-table.ts'

/**
 * Renders a run of blocks, usually those of one section, in order. Where several runs stand on one page, each has its
 * own `idPrefix`, so that no two elements share an id. Where a page `hasWorks`, a list of the works cited whose entries
 * have the ids of `workId`, citations lead there.
 */
export function renderBlocks(blocks: readonly Block[], { idPrefix = '', hasWorks = false } = {}): string {
  const notes = linkNotes(blocks, idPrefix, hasWorks)
  const nesting = new Nesting()
  for (const block of blocks) {
    nesting.enter(block.form)
    nesting.html.push(renderRow(block, notes))
  }
  nesting.leaveAll()
  return nesting.html.join('')
}

/** The id of the place where a printed page begins. */
export const pageId = (label: string): string => `page-${toIdPart(label)}`

/** The id of a work in the list of works cited. */
export const workId = (work: number): string => `work-${work}`

/** The id of the citation that begins at an offset of the canonical text. */
export const citationId = (start: number): string => `cite-${start}`

interface PageNotes extends NoteLinks {
  readonly idPrefix: string
  readonly takeFootnoteId: (label: string) => string | null
  readonly toReferenceId: (label: string) => string | null
  /** What the mark of a footnote says, or null when it is not on this page. */
  readonly toPrinted: (label: string) => string | null
}

function linkNotes(blocks: readonly Block[], idPrefix: string, hasWorks: boolean): PageNotes {
  const footnotes = new Set<string>()
  const references = new Map<string, string>()
  for (const block of blocks) {
    if (block.form.kind === 'footnote') footnotes.add(block.form.label)
    for (const mark of block.marks)
      if (mark.kind === 'note-reference' && !references.has(mark.label))
        references.set(mark.label, block.text.slice(mark.start - block.start, mark.end - block.start))
  }
  const namedFootnotes = new Set<string>()
  const namedReferences = new Set<string>()
  const namedPages = new Set<string>()
  const namedCitations = new Set<string>()
  const toId = (kind: 'note' | 'ref', label: string) => `${idPrefix}${kind}-${toIdPart(label)}`
  return {
    idPrefix,
    toFootnoteId: (label) => (footnotes.has(label) ? toId('note', label) : null),
    toReferenceId: (label) => (references.has(label) ? toId('ref', label) : null),
    toPrinted: (label) => references.get(label) ?? null,
    takeFootnoteId: (label) => takeOnce(namedFootnotes, label, toId('note', label)),
    takeReferenceId: (label) => takeOnce(namedReferences, label, toId('ref', label)),
    takePageId: (label) => takeOnce(namedPages, label, `${idPrefix}${pageId(label)}`),
    toWorkId: (work) => (hasWorks ? `${idPrefix}${workId(work)}` : null),
    takeCitationId: (start) => takeOnce(namedCitations, `${start}`, `${idPrefix}${citationId(start)}`),
  }
}

function takeOnce(taken: Set<string>, label: string, id: string): string | null {
  if (taken.has(label)) return null
  taken.add(label)
  return id
}

function toIdPart(label: string): string {
  return label.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)
}

function renderRow(block: Block, notes: PageNotes): string {
  const { form } = block
  const footnoteId = form.kind === 'footnote' ? notes.takeFootnoteId(form.label) : null
  const back = form.kind === 'footnote' && footnoteId ? notes.toReferenceId(form.label) : null
  const isContinued = form.kind === 'list-item' && form.continued
  return [
    `<div class="row row-${form.kind}${isContinued ? ' continued' : ''}" data-row="${block.index}"`,
    footnoteId ? ` id="${footnoteId}" tabindex="-1"` : '',
    '>',
    block.number === null
      ? ''
      : `<a class="para-number" href="#${notes.idPrefix}p${block.number}" aria-label="Paragraph ${block.number}">${block.number}</a>`,
    renderElement(block, notes),
    back
      ? `<a class="footnote-back" href="#${back}" role="doc-backlink" aria-label="Back to the text">↩</a>`
      : '',
    `<span class="gutter" data-gutter="${block.index}"></span></div>`,
  ].join('')
}

function renderElement(block: Block, notes: PageNotes): string {
  const { form } = block
  if (form.kind === 'table')
    return `<div class="table-scroll" tabindex="0"><table${toAttributes(block, 'table', notes.idPrefix)}>${renderTable(block, form.headerRows, notes)}</table></div>`
  const { tag, names, before, after } = toSetting(form)
  const content = renderInline(block.text, block.start, block.marks, notes)
  const printed = form.kind === 'footnote' ? notes.toPrinted(form.label) : null
  const label = printed && !block.text.startsWith(printed) ? ` data-label="${escapeHtml(printed)}"` : ''
  return `${before}<${tag}${toAttributes(block, names, notes.idPrefix)}${label}>${content}</${tag}>${after}`
}

interface Setting {
  readonly tag: string
  readonly names: string
  readonly before: string
  readonly after: string
}

function toSetting(form: Exclude<BlockForm, { kind: 'table' }>): Setting {
  switch (form.kind) {
    case 'heading':
      // The page's h1 is the title of the document.
      return plain(`h${Math.min(form.level + 1, 6)}`, `heading level-${form.level}`)
    case 'paragraph':
      return plain('p', 'paragraph')
    case 'quotation':
      return plain('p', 'quoted')
    case 'list-item':
      return plain('div', 'list-item')
    case 'speaker':
      return plain('p', 'speaker')
    case 'verse':
      return plain('p', 'verse')
    case 'footnote':
      return { ...plain('div', 'footnote" role="doc-footnote') }
    case 'image':
      return { ...plain('figcaption', 'image'), before: '<figure class="figure">', after: '</figure>' }
    case 'code': {
      // The HTML parser drops a line feed right after <pre>, not one after <code>.
      const language = form.language ? `" data-language="${escapeHtml(form.language)}` : ''
      return {
        ...plain('code', `code${language}`),
        before: '<pre class="code-frame" tabindex="0">',
        after: '</pre>',
      }
    }
  }
}

function plain(tag: string, names: string): Setting {
  return { tag, names, before: '', after: '' }
}

function toAttributes(block: Block, names: string, idPrefix: string): string {
  const id = idPrefix + (block.number === null ? `h${block.index}` : `p${block.number}`)
  return ` class="block ${names}" id="${id}" dir="auto" data-block="${block.index}" data-start="${block.start}" data-end="${block.end}"`
}
