import type { TextRange } from '#domain/text/edition-text.ts'
import type { Planted } from './plant-quotations.ts'

/** Two passages said to be parallel. */
export interface Found {
  readonly text: number
  readonly here: TextRange
  readonly there: TextRange
}

/**
 * How many planted passages were found, half of each in both texts at least, and how many finds are right: they lie on
 * a planted passage, and lead to its source or to another place of `texts` where the words that were quoted stand too.
 */
export function countFound(
  found: readonly Found[],
  planted: readonly Planted[],
  texts: readonly string[],
): { readonly recalled: number; readonly right: number } {
  const recalled = planted.filter((passage) => {
    const finds = found.filter((find) => find.text === passage.source && isOn(find, passage))
    const covered = (side: 'here' | 'there', range: TextRange) =>
      coverage(
        finds.map((find) => find[side]),
        range,
      )
    return covered('here', passage.to) >= 0.5 && covered('there', passage.from) >= 0.5
  })
  const right = found.filter((find) =>
    planted.some(
      (passage) =>
        overlap(find.here, passage.to) > 0 &&
        ((find.text === passage.source && overlap(find.there, passage.from) > 0) ||
          isCopy(wordsOf(texts, find.text, find.there), wordsOf(texts, passage.source, passage.from))),
    ),
  )
  return { recalled: recalled.length, right: right.length }
}

const isOn = (find: Found, { from, to }: Planted) =>
  overlap(find.here, to) > 0 && overlap(find.there, from) > 0

const overlap = (a: TextRange, b: TextRange) => Math.min(a.end, b.end) - Math.max(a.start, b.start)

function coverage(parts: readonly TextRange[], range: TextRange): number {
  const covered = parts.reduce((sum, part) => sum + Math.max(0, overlap(part, range)), 0)
  return covered / (range.end - range.start)
}

const wordsOf = (texts: readonly string[], text: number, { start, end }: TextRange): string[] =>
  texts[text]
    ?.slice(start, end)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Of words that are a copy of others, so many are those words, in their order. */
const COPIED = 0.75

/** Whether words stand in a source too, by their longest common subsequence: nothing that finds is asked. */
function isCopy(words: readonly string[], source: readonly string[]): boolean {
  let before = new Uint16Array(source.length + 1)
  for (const word of words) {
    const lengths = new Uint16Array(source.length + 1)
    source.forEach((other, at) => {
      lengths[at + 1] =
        word === other ? (before[at] ?? 0) + 1 : Math.max(before[at + 1] ?? 0, lengths[at] ?? 0)
    })
    before = lengths
  }
  return (before[source.length] ?? 0) >= COPIED * words.length
}
