import type { TextRange } from '#domain/text/edition-text.ts'
import { type Alignment, Bond, MAIN_BLOCK } from './alignment.ts'
import { type FoldedPassage, unfoldRange } from './folded-passage.ts'
import type { Landing } from './map-passage.ts'
import { RepeatIndex } from './repeat-index.ts'

/**
 * The second best. An alignment gives each passage one place; these rules ask whether another passage had as good a
 * claim on that place, or another place on the passage. In the main chain the order of the text speaks for the place,
 * so that only equal passages close by are rivals (one of three equal verses was deleted: which?). A moved block has
 * no order to speak for it, so that an equal stretch anywhere is a rival.
 */

/** Words around a passage, within which equal passages can be mistaken for each other. */
const NEIGHBOURHOOD = 80

/** Longer passages are not looked for: two so long and equal, side by side, are no accident of a verse or a list. */
const LONGEST_REPEAT = 120

/** Words compared on each side, in telling equal passages apart. */
const CONTEXT_WORDS = 4

/** Words around a moved passage that are compared, as far as its block reaches. */
const BLOCK_WINDOW = 20

/** Share of the words of a stretch that make another one its equal, edits allowed for. */
const RIVAL_SHARE = 0.75

/** Weight of an island of the main chain below which it may be a sentence quoted where a paragraph was moved away. */
const LONE_ISLAND = 60

/** Whether something else fits nearly as well as the place a passage landed in. */
export function hasRival(alignment: Alignment, passage: FoldedPassage, landing: Landing): boolean {
  if (passage.endWord === passage.firstWord) return false
  const standsAlone =
    alignment.block[landing.first] !== MAIN_BLOCK || (alignment.island[landing.first] ?? 0) < LONE_ISLAND
  if (standsAlone && hasRivalAnywhere(alignment, landing)) return true
  return hasRivalNearby(alignment, passage)
}

/** For a lost passage: the place of an equal one close by, where the words around it are as much those of the lost one. */
export function likeliestOfRepeats(alignment: Alignment, passage: FoldedPassage): TextRange | null {
  const { firstWord, endWord } = passage
  if (endWord === firstWord) return null
  for (const other of repeatsNearby(alignment, passage)) {
    const place = alignment.partner[other] ?? -1
    const last = alignment.partner[other + endWord - firstWord - 1] ?? -1
    if (place < 0 || last < place) continue
    if (
      countFitting(alignment, firstWord, endWord, place, last) <
      countFitting(alignment, other, other + endWord - firstWord, place, last)
    )
      continue
    return unfoldRange(
      alignment.renewed.text,
      alignment.renewed.starts[place] ?? 0,
      alignment.renewed.ends[last] ?? 0,
    )
  }
  return null
}

/** Whether an equal passage close by lost its place and fits this one as well as the passage that has it. */
function hasRivalNearby(alignment: Alignment, passage: FoldedPassage): boolean {
  const { partner } = alignment
  const { firstWord, endWord } = passage
  const place = partner[firstWord] ?? -1
  const last = partner[endWord - 1] ?? -1
  if (place < 0 || last < place) return false
  for (const other of repeatsNearby(alignment, passage)) {
    const otherEnd = other + endWord - firstWord
    if ((partner[other] ?? -1) >= 0 || (partner[otherEnd - 1] ?? -1) >= 0) continue
    if (
      countFitting(alignment, other, otherEnd, place, last) >=
      countFitting(alignment, firstWord, endWord, place, last)
    )
      return true
  }
  return false
}

/** Where the words of a passage stand once more in the old text, not far off. */
function repeatsNearby({ old }: Alignment, { firstWord, endWord }: FoldedPassage): number[] {
  const found: number[] = []
  const length = endWord - firstWord
  if (length > LONGEST_REPEAT) return []
  const reach = NEIGHBOURHOOD + length
  const limit = Math.min(old.count - length, firstWord + reach)
  for (let at = Math.max(0, firstWord - reach); at <= limit; at++) {
    if (at === firstWord || old.ids[at] !== old.ids[firstWord]) continue
    let same = 1
    while (same < length && old.ids[at + same] === old.ids[firstWord + same]) same++
    if (same === length) found.push(at)
  }
  return found
}

/** How many words around a stretch of the old text stand in the same order around a place in the new one. */
function countFitting(
  { old, renewed }: Alignment,
  start: number,
  end: number,
  place: number,
  last: number,
): number {
  let fits = 0
  for (let i = 1; i <= CONTEXT_WORDS; i++) {
    if (isSame(old.ids[start - i], renewed.ids[place - i])) fits++
    if (isSame(old.ids[end - 1 + i], renewed.ids[last + i])) fits++
  }
  return fits
}

/** Beyond the ends of both texts nothing is the same as nothing. */
function isSame(a: number | undefined, b: number | undefined): boolean {
  return a === b
}

const OLD_INDEXES = new WeakMap<Alignment, RepeatIndex>()
const NEW_INDEXES = new WeakMap<Alignment, RepeatIndex>()

function hasRivalAnywhere(alignment: Alignment, landing: Landing): boolean {
  const { old, renewed, partner, bond, block, newPartner } = alignment
  const home = block[landing.first]
  let start = landing.first
  let end = landing.last + 1
  while (start > 0 && landing.first - start < BLOCK_WINDOW && isIn(alignment, start - 1, home)) start--
  while (end < old.count && end - landing.last <= BLOCK_WINDOW && isIn(alignment, end, home)) end++
  let matched = 0
  for (let word = start; word < end; word++) if (bond[word] === Bond.same && block[word] === home) matched++
  const needed = Math.max(2, matched * RIVAL_SHARE)
  const oldRivals = indexOf(OLD_INDEXES, alignment, old.ids).findLike(old.ids, start, end, needed)
  if (oldRivals.some((at) => at !== start)) return true
  const here = (partner[landing.first] ?? 0) - (landing.first - start)
  const newRivals = indexOf(NEW_INDEXES, alignment, renewed.ids).findLike(old.ids, start, end, needed)
  return newRivals.some(
    (at) => Math.abs(at - here) > BLOCK_WINDOW && (newPartner[at + (landing.first - start)] ?? -1) < 0,
  )
}

function isIn({ partner, block }: Alignment, word: number, home: number | undefined): boolean {
  return (partner[word] ?? -1) < 0 || block[word] === home
}

function indexOf(
  indexes: WeakMap<Alignment, RepeatIndex>,
  alignment: Alignment,
  ids: Int32Array,
): RepeatIndex {
  const known = indexes.get(alignment)
  if (known) return known
  const index = new RepeatIndex(ids)
  indexes.set(alignment, index)
  return index
}
