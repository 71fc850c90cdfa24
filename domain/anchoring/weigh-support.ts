import { type Alignment, Bond } from './alignment.ts'
import type { FoldedPassage } from './folded-passage.ts'
import type { Landing } from './map-passage.ts'

/** Words looked at on each side of a passage: about half a line. */
const CONTEXT_WORDS = 6

/** How far from the place a context word may stand, in words: an inserted sentence may lie between. */
const CONTEXT_REACH = 18

/** What speaks for a place. */
export interface Support {
  /** Weight of the matched words, in the passage and around it. */
  readonly weight: number
  /** The part of it that is the passage's own. */
  readonly ownWeight: number
  /** Share of the words around the passage that stand around the place as well. */
  readonly contextShare: number
  /** The same of the side of which less is left. */
  readonly weakerSide: number
}

/** Weighs what a passage and its context have in common with the place it landed in. */
export function weighSupport(alignment: Alignment, passage: FoldedPassage, landing: Landing): Support {
  const { partner, bond, block, old } = alignment
  const home = block[landing.first]
  const lowest = (partner[landing.first] ?? 0) - CONTEXT_REACH
  const highest = (partner[landing.last] ?? 0) + CONTEXT_REACH
  let weight = 0
  const from = Math.max(0, passage.firstWord - CONTEXT_WORDS)
  const to = Math.min(old.count, passage.endWord + CONTEXT_WORDS)
  let ownWeight = 0
  let before = 0
  let after = 0
  for (let word = from; word < to; word++) {
    const there = partner[word] ?? -1
    if (
      there < 0 ||
      there < lowest ||
      there > highest ||
      block[word] !== home ||
      bond[word] === Bond.replaced
    )
      continue
    weight += alignment.weightOf(word)
    if (word < passage.firstWord) before++
    else if (word >= passage.endWord) after++
    else ownWeight += alignment.weightOf(word)
  }
  const wordsBefore = passage.firstWord - from
  const wordsAfter = to - passage.endWord
  const contextShare = share(before + after, wordsBefore + wordsAfter)
  return {
    weight,
    ownWeight,
    contextShare,
    weakerSide: Math.min(share(before, wordsBefore), share(after, wordsAfter)),
  }
}

/** Where there is nothing to compare, nothing is missing. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}
