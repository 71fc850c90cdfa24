import type { Block } from './edition-text.ts'
import { type NoteLinks, renderInline } from './render-inline.ts'

/**
 * The rows of a table block. The tab or line feed after a cell stands inside the cell: between cells, the HTML parser
 * drops white space.
 */
export function renderTable(block: Block, headerRows: number, notes: NoteLinks): string {
  const rows = block.text.split('\n')
  const html: string[] = []
  let offset = block.start
  for (const [index, row] of rows.entries()) {
    const isHeader = index < headerRows
    if (index === 0) html.push(isHeader ? '<thead>' : '<tbody>')
    else if (index === headerRows) html.push('</thead><tbody>')
    html.push('<tr>')
    const cells = row.split('\t')
    for (const [column, cell] of cells.entries()) {
      const isLast = column === cells.length - 1
      const separator = isLast ? (index === rows.length - 1 ? '' : '\n') : '\t'
      html.push(
        isHeader ? '<th scope="col" dir="auto">' : '<td dir="auto">',
        renderInline(cell, offset, block.marks, notes),
        separator && `<span class="cell-end" aria-hidden="true">${separator}</span>`,
        isHeader ? '</th>' : '</td>',
      )
      offset += cell.length + 1
    }
    html.push('</tr>')
  }
  html.push(rows.length <= headerRows ? '</thead>' : '</tbody>')
  return html.join('')
}
