import type { PlacedThread } from '#components/client/merge-rooms.ts'

/** A place where words were, with the threads that are about them. */
export interface OrphanGap {
  readonly at: number
  readonly threads: readonly PlacedThread[]
}

/** The gaps of orphaned passages in the order of the text; threads whose words stood in the same gap come together. */
export function toOrphanGaps(threads: readonly PlacedThread[]): OrphanGap[] {
  const gaps = new Map<number, PlacedThread[]>()
  for (const placed of threads) {
    const starts = placed.ranges.filter(({ state }) => state === 'orphaned').map(({ start }) => start)
    for (const at of new Set(starts)) gaps.set(at, [...(gaps.get(at) ?? []), placed])
  }
  return [...gaps].map(([at, found]) => ({ at, threads: found })).sort((a, b) => a.at - b.at)
}

const longestWords = 80

/** The words that are gone, each in quotation marks and shortened: “not written by”, “1848”. */
export function lostWords(threads: readonly PlacedThread[], documentId: string): string {
  const words = threads.flatMap(({ thread }) =>
    thread.passages.flatMap((passage) =>
      'hidden' in passage || passage.documentId !== documentId || passage.anchor.state !== 'orphaned'
        ? []
        : [passage.exact],
    ),
  )
  return [...new Set(words)]
    .map((each) => `“${each.length > longestWords ? `${each.slice(0, longestWords)}…` : each}”`)
    .join(', ')
}
