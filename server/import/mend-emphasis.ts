/**
 * Converters from HTML leave emphasis such as `_ "so it was," _`, with the space inside, which Markdown does not read as
 * emphasis. The sign and the space change places, so that it does; the length stays, and with it every offset. Only next
 * to quotation marks and closing punctuation, never in code.
 */
export function mendEmphasis(markdown: string): string {
  let isFenced = false
  return markdown
    .split(/(?<=\n)(?=[ \t]*\n)|(?<=\n)(?=[ \t]*(?:```|~~~))/)
    .map((part) => {
      if (/^[ \t]*(?:```|~~~)/.test(part)) isFenced = !isFenced
      if (isFenced || part.includes('`') || /^(?:\n?)(?: {4}|\t)/.test(part)) return part
      return part
        .replace(/(^|[\s(>])_([ \n])(?=["“‘'])/g, '$1$2_')
        .replace(/([.,;:!?"”’')\]])( )_(?=\s|$)/g, '$1_$2')
    })
    .join('')
}
