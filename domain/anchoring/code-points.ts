import type { TextRange } from '#domain/text/edition-text.ts'

/**
 * Offsets for exchange. Inside Postil an offset counts UTF-16 code units; the Web Annotation model and programs in
 * other languages count code points. The two differ after the first character outside the basic plane.
 * A lone surrogate counts as one code point, as it does for JavaScript's own iteration.
 */

/** A text made ready for many conversions: how many code points precede every 1,024th code unit. */
export interface CodePointIndex {
  readonly text: string
  readonly counts: Uint32Array
  readonly length: number
}

/** Code units between two counts: few enough to scan, enough to keep the table small. */
const STRIDE = 1024

/** Prepares a text for many conversions, each then costing no more than a short scan. */
export function indexCodePoints(text: string): CodePointIndex {
  const counts = new Uint32Array(Math.ceil(text.length / STRIDE) + 1)
  let count = 0
  for (let at = 0; at < text.length; at++) {
    if (at % STRIDE === 0) counts[at / STRIDE] = count
    if (beginsCodePoint(text, at)) count++
  }
  counts[counts.length - 1] = count
  return { text, counts, length: count }
}

/** UTF-16 range → code point range. An offset inside a surrogate pair counts as the offset after the pair. */
export function toCodePointRange(text: string | CodePointIndex, range: TextRange): TextRange {
  const index = typeof text === 'string' ? indexCodePoints(text) : text
  return { start: toCodePoint(index, range.start), end: toCodePoint(index, range.end) }
}

/** Code point range → UTF-16 range, or null where it reaches outside the text. */
export function fromCodePointRange(text: string | CodePointIndex, range: TextRange): TextRange | null {
  const index = typeof text === 'string' ? indexCodePoints(text) : text
  const { start, end } = range
  if (!Number.isInteger(start) || !Number.isInteger(end)) return null
  if (start < 0 || end < start || end > index.length) return null
  return { start: fromCodePoint(index, start), end: fromCodePoint(index, end) }
}

function toCodePoint({ text, counts }: CodePointIndex, offset: number): number {
  const end = Math.max(0, Math.min(offset, text.length))
  const slot = Math.floor(end / STRIDE)
  let count = slot * STRIDE < text.length ? (counts[slot] ?? 0) : (counts[counts.length - 1] ?? 0)
  for (let at = slot * STRIDE; at < end; at++) if (beginsCodePoint(text, at)) count++
  return count
}

function fromCodePoint({ text, counts }: CodePointIndex, codePoint: number): number {
  let low = 0
  let high = Math.max(0, Math.ceil(text.length / STRIDE) - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((counts[middle] ?? 0) <= codePoint) low = middle
    else high = middle - 1
  }
  let at = low * STRIDE
  // The count at a slot does not say whether the unit there is the second half of a pair: such a half begins nothing.
  let count = counts[low] ?? 0
  while (at < text.length && (count < codePoint || !beginsCodePoint(text, at))) {
    if (beginsCodePoint(text, at)) count++
    at++
  }
  return at
}

function beginsCodePoint(text: string, at: number): boolean {
  const isSecondHalf =
    (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  return !isSecondHalf
}
