import type { TextRange } from '#domain/text/edition-text.ts'
import { type Alignment, Bond } from './alignment.ts'
import { type FoldedPassage, unfoldRange } from './folded-passage.ts'
import { landEnd, landStart, marksBetween } from './map-borders.ts'
import type { WordText } from './tokenize.ts'

/**
 * Carrying one passage over an alignment: which of its words live on, where the heaviest cluster of them stands, and
 * what range that makes in the new text. What the result is called is decided elsewhere (`judge-passage.ts`).
 */

/** Where the words of a passage that live on stand together, with what share of the letters they hold. */
export interface Landing {
  /** The passage's first and last words that live on or were replaced in place (inclusive). */
  readonly first: number
  readonly last: number
  /** Letters of the passage in words that live on here, by all its letters. */
  readonly keptShare: number
  /** The range in the folded new text. */
  readonly folded: TextRange
  /** The range in the new text itself. */
  readonly range: TextRange
}

/** Where the passage landed, or null where none of its words lives on or was replaced in its place. */
export function landPassage(alignment: Alignment, passage: FoldedPassage): Landing | null {
  if (passage.start >= passage.end) return null
  if (passage.firstWord >= passage.endWord) return landMarks(alignment, passage)
  const cluster = heaviestCluster(alignment, passage) ?? replacedCluster(alignment, passage)
  if (!cluster) return null
  const [first, last] = withReplacedEnds(alignment, passage, cluster)
  const start = landStart(alignment, passage, first)
  const end = landEnd(alignment, passage, last)
  const folded = { start: Math.min(start, end - 1), end }
  const range = unfoldRange(alignment.renewed.text, folded.start, folded.end)
  return { first, last, keptShare: cluster.kept / cluster.total, folded, range }
}

interface Cluster {
  readonly first: number
  readonly last: number
  readonly kept: number
  readonly total: number
}

/** Letters of the new text between two words of one cluster, besides half the passage's own length. */
const WIDEST_HOLE = 200

/** Parts the words that live on where block, order or distance breaks them, and takes the part with most letters. */
function heaviestCluster(alignment: Alignment, passage: FoldedPassage): Cluster | null {
  const { partner, bond, block, renewed } = alignment
  const widestHole = WIDEST_HOLE + (passage.end - passage.start) / 2
  let total = 0
  let best: { first: number; last: number; kept: number } | null = null
  let open: { first: number; last: number; kept: number } | null = null
  for (let word = passage.firstWord; word < passage.endWord; word++) {
    const letters = coveredLetters(alignment.old, passage, word)
    total += letters
    const to = partner[word] ?? -1
    if (to < 0 || bond[word] === Bond.replaced) continue
    const before: number = open ? (partner[open.last] ?? 0) : -1
    const isNear =
      open !== null &&
      block[open.last] === block[word] &&
      to > before &&
      (renewed.starts[to] ?? 0) - (renewed.ends[before] ?? 0) < widestHole
    if (open && isNear) {
      open.last = word
      open.kept += letters
    } else open = { first: word, last: word, kept: letters }
    if (!best || open.kept > best.kept) best = open
  }
  return best ? trimEnds(alignment, passage, { ...best, total }) : null
}

/** What a word that ends a cluster across a hole must weigh: something for the hole, and more for each word of it. */
const HOLE_COST = 1
const HOLE_WORD_COST = 0.2

/** A hole of up to this many words needs no excuse. */
const SMALL_HOLE = 2

/**
 * Takes off what hangs on at either end across a hole: a last "the" that was paired with one in the next paragraph.
 * An end that the words outside the passage continue is no such thing.
 */
function trimEnds(alignment: Alignment, passage: FoldedPassage, cluster: Cluster): Cluster {
  const last = trimmedEnd(alignment, cluster.first, cluster.last, -1)
  const first = trimmedEnd(alignment, last, cluster.first, 1)
  let { kept } = cluster
  for (let word = cluster.first; word <= cluster.last; word++) {
    const isOff = word < first || word > last
    const isKept = (alignment.partner[word] ?? -1) >= 0 && alignment.bond[word] !== Bond.replaced
    if (isOff && isKept) kept -= coveredLetters(alignment.old, passage, word)
  }
  return { ...cluster, first, last, kept }
}

/** The end of a cluster nearest to `from` that holds; `step` leads from `from` inwards. */
function trimmedEnd(alignment: Alignment, far: number, from: number, step: 1 | -1): number {
  const { partner, bond } = alignment
  if (isContinued(alignment, from, -step)) return from
  let weight = 0
  let edge = from
  for (let word = from; word !== far; word += step) {
    const to = partner[word] ?? -1
    if (to < 0 || bond[word] === Bond.replaced) continue
    weight += alignment.weightOf(word)
    let next = word + step
    while (next !== far && ((partner[next] ?? -1) < 0 || bond[next] === Bond.replaced)) next += step
    const hole = Math.abs((partner[next] ?? to) - to) - 1
    const oldHole = Math.abs(next - word) - 1
    const isHole = (hole > SMALL_HOLE && hole > oldHole) || partsSentence(alignment, word, next)
    if (isHole && weight < HOLE_COST + HOLE_WORD_COST * hole) {
      edge = next
      weight = 0
    }
    if (weight > ENOUGH_WEIGHT) break
  }
  return edge
}

/** Whether a sentence ends, in the old text, between two words of it, given in either order. */
function partsSentence({ old }: Alignment, a: number, b: number): boolean {
  for (let word = Math.min(a, b); word < Math.max(a, b); word++) if (old.closes[word] === 1) return true
  return false
}

/** Weight of an end that no hole in one passage can outweigh. */
const ENOUGH_WEIGHT = 12

/** Words beyond an end, within which one that lives on nearby continues it: the next ones may have been edited. */
const NEXT_WORDS = 3

function isContinued({ partner, bond }: Alignment, word: number, step: number): boolean {
  const to = partner[word] ?? -1
  for (let i = 1; i <= NEXT_WORDS; i++) {
    const beside = partner[word + i * step] ?? -1
    const distance = (beside - to) * step
    if (beside >= 0 && bond[word + i * step] !== Bond.replaced)
      return distance > 0 && distance <= NEXT_WORDS + 1
  }
  return false
}

/** A passage all of whose words were replaced, one for one. */
function replacedCluster({ partner, bond }: Alignment, passage: FoldedPassage): Cluster | null {
  const { firstWord, endWord } = passage
  for (let word = firstWord; word < endWord; word++) {
    const isNext = word === firstWord || partner[word] === (partner[word - 1] ?? 0) + 1
    if (bond[word] !== Bond.replaced || !isNext) return null
  }
  return { first: firstWord, last: endWord - 1, kept: 0, total: 1 }
}

/**
 * A passage without words (a dash, three asterisks): it stands between the partners of the words around it, where
 * these are neighbours still, and is the same marks or nothing.
 */
function landMarks(alignment: Alignment, passage: FoldedPassage): Landing | null {
  const { old, renewed, partner } = alignment
  const after = passage.firstWord
  const left = after === 0 ? -1 : (partner[after - 1] ?? -1)
  const right = after === old.count ? renewed.count : (partner[after] ?? -1)
  if ((after > 0 && left < 0) || right !== left + 1) return null
  const oldBetween = old.text.folded.slice(old.ends[after - 1] ?? 0, old.starts[after])
  const newBetween = renewed.text.folded.slice(renewed.ends[left] ?? 0, renewed.starts[right])
  const inside = passage.start - (old.ends[after - 1] ?? 0)
  const marks = old.text.folded.slice(passage.start, passage.end)
  const first = newBetween.indexOf(marks)
  const at = oldBetween === newBetween ? inside : first
  if (first < 0 || (oldBetween !== newBetween && newBetween.indexOf(marks, first + 1) >= 0)) return null
  const start = (renewed.ends[left] ?? 0) + at
  const folded = { start, end: start + marks.length }
  const range = unfoldRange(renewed.text, folded.start, folded.end)
  return { first: Math.max(0, after - 1), last: Math.min(after, old.count - 1), keptShare: 1, folded, range }
}

/** Letters of a word that lie in the passage, which may begin or end inside it. */
function coveredLetters(words: WordText, passage: FoldedPassage, word: number): number {
  return Math.min(words.ends[word] ?? 0, passage.end) - Math.max(words.starts[word] ?? 0, passage.start)
}

/**
 * A word at either end that was replaced belongs to the passage when what is beyond it tells so: the word there lives
 * on in its place, or the marks there are the same. Else the new word may stand for one outside the passage as well.
 */
function withReplacedEnds(alignment: Alignment, passage: FoldedPassage, cluster: Cluster): [number, number] {
  const first = lastReplaced(alignment, cluster.first, passage.firstWord, -1)
  const last = lastReplaced(alignment, cluster.last, passage.endWord - 1, 1)
  return [first, last]
}

function lastReplaced(alignment: Alignment, from: number, limit: number, step: 1 | -1): number {
  const { partner, bond } = alignment
  let vouched = from
  for (let word = from; word !== limit; ) {
    word += step
    const to = partner[word] ?? -1
    if (bond[word] !== Bond.replaced || to !== (partner[word - step] ?? 0) + step) break
    if (partner[word + step] === to + step || hasSameMarks(alignment, word, to, step)) vouched = word
  }
  return vouched
}

/** Whether the same visible marks stand beside both words, before them (-1) or after them (1). */
function hasSameMarks({ old, renewed }: Alignment, word: number, to: number, step: 1 | -1): boolean {
  const was = step > 0 ? marksBetween(old, word) : marksBetween(old, word - 1)
  const is = step > 0 ? marksBetween(renewed, to) : marksBetween(renewed, to - 1)
  return was.trim() !== '' && was.trim() === is.trim()
}
