import type { Element } from 'hast'
import type { SourceBlock } from '#domain/text/edition-text.ts'
import { attribute, childElements, elementsIn, findElement, rangeOf } from './html-tree.ts'
import { type InlineText, joinInline, toOneLine } from './inline-writer.ts'

const BLOCKS_IN_CELLS = new Set([
  'table',
  'ul',
  'ol',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'figure',
])
const MAX_COLUMNS = 200

/** Whether a table is one: a page may use it only to place things, and then its cells are read as blocks. */
export function holdsData(table: Element): boolean {
  const role = attribute(table, 'role')
  if (role === 'presentation' || role === 'none') return false
  const rows = rowsOf(table)
  if (rows.every((row) => cellsOf(row).length <= 1)) return false
  const hasParagraphs = (cell: Element) =>
    childElements(cell).filter(({ tagName }) => tagName === 'p').length > 1
  return !findElement(
    table,
    (e) => BLOCKS_IN_CELLS.has(e.tagName) || (e.tagName === 'td' && hasParagraphs(e)),
  )
}

/** The block for a table of data; a cell over several columns is followed by empty ones. */
export function toTableBlock(table: Element, toInline: (cell: Element) => InlineText): SourceBlock | null {
  const rows = rowsOf(table).filter((row) => cellsOf(row).length > 0)
  const lines = rows.map((row) =>
    joinInline(
      cellsOf(row).flatMap((cell) => {
        const span = Math.min(Number(attribute(cell, 'colSpan') ?? 1) || 1, MAX_COLUMNS)
        return [
          toOneLine(toInline(cell)),
          ...Array.from({ length: span - 1 }, () => ({ text: '', marks: [] })),
        ]
      }),
      '\t',
    ),
  )
  const inline = joinInline(lines, '\n')
  if (inline.text.trim() === '') return null
  return {
    form: { kind: 'table', headerRows: countHeaderRows(table, rows) },
    ...inline,
    source: rangeOf(table),
  }
}

function countHeaderRows(table: Element, rows: readonly Element[]): number {
  const head = childElements(table).find(({ tagName }) => tagName === 'thead')
  if (head) return childElements(head).filter((row) => row.tagName === 'tr' && cellsOf(row).length > 0).length
  const first = rows[0]
  return first && cellsOf(first).every(({ tagName }) => tagName === 'th') ? 1 : 0
}

function rowsOf(table: Element): Element[] {
  return [...elementsIn(table)].filter(({ tagName }) => tagName === 'tr')
}

function cellsOf(row: Element): Element[] {
  return childElements(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th')
}
