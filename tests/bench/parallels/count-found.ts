import type { TextRange } from '#domain/text/edition-text.ts'
import type { Planted } from './plant-quotations.ts'

/** Two passages said to be parallel. */
export interface Found {
  readonly text: number
  readonly here: TextRange
  readonly there: TextRange
}

/** How many planted passages were found, half of each in both texts at least, and how many finds lie on a planted one. */
export function countFound(
  found: readonly Found[],
  planted: readonly Planted[],
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
    planted.some((passage) => find.text === passage.source && isOn(find, passage)),
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
