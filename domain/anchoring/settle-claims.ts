import { type Alignment, Bond } from './alignment.ts'
import { bindChain } from './fill-gaps.ts'
import { findLikeStretch, type LikeStretch, type WordRange } from './like-stretch.ts'

/**
 * Who has the better claim. Where a sentence was edited and its old wording is printed once more close by (in an
 * apparatus, or to be refuted), the chain takes the copy: its words are all there and in order. But what stood beside
 * the sentence still stands beside the edited one. So each stretch that seems to be inserted is asked whether it is
 * like old words nearby that went elsewhere, and is given these words where it has more of their old neighbours beside
 * it than the place they went to. Copies far off need no such judge: the order of the text speaks against them.
 */

/** Words of the shortest stretch that is asked. */
const LEAST_STRETCH = 3

/** Words of a longer stretch that are asked, at each of its ends: what claims words has neighbours that do. */
const DEEPEST = 120

/** How far off, in words of the old text, what a stretch claims may stand. */
const NEARBY = 120

/** Words that may have been put in or taken out between the words claimed and a neighbour that lives on. */
const SLACK = 8

/** By how much closer a stretch must stand to the old neighbours: four words less between it and one of them. */
const MARGIN = 0.2

/** Lets stretches of the new text that nothing is bound to claim the old words that they fit better. */
export function settleClaims(alignment: Alignment): void {
  const { newPartner, renewed } = alignment
  for (let start = 0; start < renewed.count; start++) {
    let end = start
    while (end < renewed.count && (newPartner[end] ?? -1) < 0) end++
    const nearby = wordsAround(alignment, start, end)
    if (nearby) {
      claim(alignment, nearby, { start, end: Math.min(end, start + DEEPEST) })
      claim(alignment, nearby, { start: Math.max(start + DEEPEST, end - DEEPEST), end })
    }
    start = end
  }
}

/** The old words near which a stretch of the new text was put in; null where its neighbours come from far apart. */
function wordsAround({ newPartner, old }: Alignment, start: number, end: number): WordRange | null {
  const before = newPartner[start - 1] ?? -1
  const after = newPartner[end] ?? old.count
  if (end - start < LEAST_STRETCH || Math.abs(after - before) > NEARBY) return null
  return {
    start: Math.max(0, Math.min(before, after) - NEARBY),
    end: Math.min(old.count, Math.max(before, after) + NEARBY),
  }
}

/** Settles what a stretch claims; where what is most alike has no claim, what stands before and after it is asked. */
function claim(alignment: Alignment, nearby: WordRange, stretch: WordRange): void {
  if (stretch.end - stretch.start < LEAST_STRETCH) return
  const like = findLikeStretch(alignment, nearby, stretch)
  if (!like || hasClaimed(alignment, stretch, like)) return
  claim(alignment, nearby, { start: stretch.start, end: like.renewed.start })
  claim(alignment, nearby, { start: like.renewed.end, end: stretch.end })
}

/** Gives a stretch the words it is like, if it stands closer to their neighbours than where they are now. */
function hasClaimed(alignment: Alignment, stretch: WordRange, like: LikeStretch): boolean {
  const { partner } = alignment
  const ours = neighboursOf(alignment, like.old, like.renewed)
  const claimed = widen(alignment, like, ours, stretch)
  const [first, last] = [partner[claimed.start] ?? -1, partner[claimed.end - 1] ?? -1]
  if (first < 0 || last < first) return false
  const theirs = neighboursOf(alignment, claimed, { start: first, end: last + 1 })
  if (ours.closeness <= theirs.closeness + MARGIN) return false
  rebind(alignment, claimed, stretch, ours)
  return true
}

/** The old neighbours of some words that stand beside a place in the new text, and how close they stand. */
interface Neighbours {
  /** The last word before the words that is there; -1 is the beginning of the text, null where another stands there. */
  readonly before: number | null
  /** The first word after them; the number of words is the end of the text. */
  readonly after: number | null
  /** From 0 to 2: for each side 1, less for every word put in or taken out between. */
  readonly closeness: number
}

function neighboursOf(alignment: Alignment, words: WordRange, place: WordRange): Neighbours {
  const before = boundBeside(alignment, place.start, -1)
  const after = boundBeside(alignment, place.end - 1, 1)
  const gapBefore = before && before.old < words.start ? words.start - before.old - 1 : null
  const gapAfter = after && after.old >= words.end ? after.old - words.end : null
  return {
    before: before && isClose(gapBefore) ? before.old : null,
    after: after && isClose(gapAfter) ? after.old : null,
    closeness: closenessOf(gapBefore, before?.distance) + closenessOf(gapAfter, after?.distance),
  }
}

function isClose(gap: number | null): boolean {
  return gap !== null && gap <= SLACK
}

function closenessOf(oldGap: number | null, newGap = 0): number {
  return oldGap === null || oldGap > SLACK ? 0 : 1 - Math.min(1, Math.abs(newGap - oldGap) / (2 * SLACK))
}

/** The old word bound to the nearest bound word beside a place in the new text, and how many words lie between. */
function boundBeside(
  { newPartner, bond, renewed, old }: Alignment,
  from: number,
  step: 1 | -1,
): { old: number; distance: number } | null {
  for (let distance = 0; distance <= SLACK; distance++) {
    const at = from + step * (distance + 1)
    if (at < 0) return { old: -1, distance }
    if (at >= renewed.count) return { old: old.count, distance }
    const word = newPartner[at] ?? -1
    if (word >= 0 && bond[word] !== Bond.replaced) return { old: word, distance }
  }
  return null
}

/** Edited words at the ends are not alike, and are claimed as well: up to the neighbour, or as many as the stretch has there. */
function widen(
  { partner }: Alignment,
  { old, renewed }: LikeStretch,
  { before, after }: Neighbours,
  stretch: WordRange,
): WordRange {
  let { start, end } = old
  const low = before === null ? start - Math.min(SLACK, renewed.start - stretch.start) : before + 1
  const high = after === null ? end + Math.min(SLACK, stretch.end - renewed.end) : after
  while (start > low && partner[start - 1] === (partner[start] ?? 0) - 1) start--
  while (end < high && partner[end] === (partner[end - 1] ?? 0) + 1) end++
  return { start, end }
}

function rebind(alignment: Alignment, claimed: WordRange, stretch: WordRange, ours: Neighbours): void {
  const { block, island } = alignment
  const neighbour = Math.max(ours.before ?? -1, 0) || (ours.after ?? 0)
  for (let word = claimed.start; word < claimed.end; word++) alignment.unbind(word)
  const gap = alignment.stretch(claimed.start, claimed.end, stretch.start, stretch.end)
  bindChain(alignment, gap, [], block[neighbour] ?? 0)
  island.fill(island[neighbour] ?? 0, claimed.start, claimed.end)
}
