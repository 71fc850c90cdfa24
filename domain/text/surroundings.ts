import type { TextRange } from './edition-text.ts'

/** At most `length` code units of what stands before and after a range, never half a surrogate pair. */
export function surroundings(
  text: string,
  { start, end }: TextRange,
  length: number,
): { before: string; after: string } {
  const before = text.slice(Math.max(0, start - length), start)
  const after = text.slice(end, end + length)
  return { before: before.replace(/^[\uDC00-\uDFFF]/, ''), after: after.replace(/[\uD800-\uDBFF]$/, '') }
}
