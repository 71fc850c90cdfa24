import { alignPairs } from './align-pairs.ts'
import { type Alignment, Bond } from './alignment.ts'
import { wordLikeness } from './similar-words.ts'
import type { Stretch } from './unique-seeds.ts'

/** Aligning two short stretches of a pair of texts word by word: what pairs of words are worth there. */

/** What it costs that another word stands in a word's place. Less than a deletion beside an insertion. */
const REPLACED = -0.35
/** What it costs to begin a deletion or insertion; near the worth of one common word, so that one such match cannot pay for two. */
const GAP_OPEN = -0.9
/** What each deleted or inserted word costs more: little, since whole sentences come and go. */
const GAP_EXTEND = -0.08
/** What it adds that a sentence ends after both words, and costs that one ends after one alone: it tells ties apart. */
const SENTENCE_END = 0.1
/** Words less alike than this are different words. One error in a word of two letters is just alike enough. */
const LEAST_LIKENESS = 0.5

/** Binds the best pairs of a stretch, into the given block. Costs the product of the two lengths. */
export function alignGap(alignment: Alignment, stretch: Stretch, block: number): void {
  const { oldStart, oldEnd, newStart, newEnd } = stretch
  const bind = (old: number, renewed: number) =>
    alignment.bind(old, renewed, bondOf(alignment, old, renewed), block)
  // One word in another's place is the commonest of gaps, and always a pair.
  if (oldEnd - oldStart === 1 && newEnd - newStart === 1) bind(oldStart, newStart)
  else
    alignPairs(
      {
        rows: oldEnd - oldStart,
        columns: newEnd - newStart,
        worth: (row, column) => pairWorth(alignment, oldStart + row, newStart + column),
        gapOpen: GAP_OPEN,
        gapExtend: GAP_EXTEND,
        isToTheEnd: true,
      },
      (row, column) => bind(oldStart + row, newStart + column),
    )
}

/** What pairing two words is worth: their weight when they are the same, part of it when alike, a cost when not. */
function pairWorth(alignment: Alignment, old: number, renewed: number): number {
  const a = alignment.old.ids[old] ?? 0
  const b = alignment.renewed.ids[renewed] ?? 0
  const weight = alignment.weights[a] ?? 0
  const closing = (alignment.old.closes[old] ?? 0) + (alignment.renewed.closes[renewed] ?? 0)
  const bonus = closing === 0 ? 0 : closing === 2 ? SENTENCE_END : -SENTENCE_END
  if (a === b) return weight + bonus
  const likeness = likenessOf(alignment, a, b)
  return bonus + (likeness < LEAST_LIKENESS ? REPLACED : REPLACED + (weight - REPLACED) * (2 * likeness - 1))
}

function bondOf(alignment: Alignment, old: number, renewed: number): number {
  const a = alignment.old.ids[old] ?? 0
  const b = alignment.renewed.ids[renewed] ?? 0
  if (a === b) return Bond.same
  return likenessOf(alignment, a, b) < LEAST_LIKENESS ? Bond.replaced : Bond.similar
}

function likenessOf({ vocabulary }: Alignment, a: number, b: number): number {
  return wordLikeness(vocabulary.words[a] ?? '', vocabulary.words[b] ?? '')
}
