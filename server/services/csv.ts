/** Lines of a table for a spreadsheet (RFC 4180). */

/** What a spreadsheet would take for a formula when a cell begins with it. */
const beginsFormula = /^[=+\-@\t\r]/

/** One line with its end. A cell that a spreadsheet would run as a formula is kept from it by an apostrophe. */
export function toCsvLine(cells: readonly (string | null | undefined)[]): string {
  return `${cells.map((cell) => toCell(cell ?? '')).join(',')}\r\n`
}

function toCell(text: string): string {
  const safe = beginsFormula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
