import type { TextRange } from './edition-text.ts'

/** Letters given up at most, to begin and end between words. */
const LONGEST_SCRAP = 24

/** At most `length` code units of what stands before and after a range, cut between words, never half a surrogate pair. */
export function surroundings(
  text: string,
  { start, end }: TextRange,
  length: number,
): { before: string; after: string } {
  const from = Math.max(0, start - length)
  const to = Math.min(text.length, end + length)
  const before = text.slice(from, start).replace(/^[\uDC00-\uDFFF]/, '')
  const after = text.slice(end, to).replace(/[\uD800-\uDBFF]$/, '')
  return {
    before: isInsideWord(text, from) ? before.replace(FIRST_SCRAP, '') : before,
    after: isInsideWord(text, to) ? after.replace(LAST_SCRAP, '') : after,
  }
}

const FIRST_SCRAP = new RegExp(`^\\S{1,${LONGEST_SCRAP}}(?=\\s)`)
const LAST_SCRAP = new RegExp(`(?<=\\s)\\S{1,${LONGEST_SCRAP}}$`)

function isInsideWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && /\S/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at))
}
