import type { TextRange } from '#domain/text/edition-text.ts'
import { type Alignment, Bond } from './alignment.ts'
import type { FoldedText } from './fold-text.ts'
import { sortedIndex } from './sorted-index.ts'
import type { WordText } from './tokenize.ts'

/**
 * Carrying one passage over an alignment: which of its words live on, where the heaviest cluster of them stands, and
 * what range that makes in the new text. What the result is called is decided elsewhere (`judge-passage.ts`).
 */

/** A passage in the folded old text, and its words: those it covers whole or in part, `[firstWord, endWord)`. */
export interface FoldedPassage {
  readonly start: number
  readonly end: number
  readonly firstWord: number
  readonly endWord: number
}

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

/** Finds a range's place in the folded text, with the white space at its ends left out. */
export function foldPassage(words: WordText, range: TextRange): FoldedPassage {
  const { folded, starts, ends } = words.text
  let start = sortedIndex(ends, range.start + 1)
  let end = sortedIndex(starts, range.end)
  while (start < end && folded.charCodeAt(start) === SPACE) start++
  while (end > start && folded.charCodeAt(end - 1) === SPACE) end--
  return {
    start,
    end,
    firstWord: sortedIndex(words.ends, start + 1),
    endWord: sortedIndex(words.starts, end),
  }
}

const SPACE = 0x20

/** A range of the folded text as a range of the text. */
export function unfoldRange(text: FoldedText, start: number, end: number): TextRange {
  return { start: text.starts[start] ?? text.source.length, end: text.ends[end - 1] ?? 0 }
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
    const isHole = hole > SMALL_HOLE && hole > oldHole
    if (isHole && weight < HOLE_COST + HOLE_WORD_COST * hole) {
      edge = next
      weight = 0
    }
    if (weight > ENOUGH_WEIGHT) break
  }
  return edge
}

/** Weight of an end that no hole in one passage can outweigh. */
const ENOUGH_WEIGHT = 12

function isContinued({ partner, bond }: Alignment, word: number, step: number): boolean {
  const to = partner[word] ?? -1
  const beside = partner[word + step] ?? -1
  return beside >= 0 && bond[word + step] !== Bond.replaced && beside === to + step
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

/** A word at either end that was replaced belongs to the passage when it stands in the same place of the same sentence. */
function withReplacedEnds(alignment: Alignment, passage: FoldedPassage, cluster: Cluster): [number, number] {
  let { first, last } = cluster
  while (first > passage.firstWord && isReplacedBeside(alignment, first, -1)) first--
  while (last + 1 < passage.endWord && isReplacedBeside(alignment, last, 1)) last++
  return [first, last]
}

function isReplacedBeside({ old, renewed, partner, bond }: Alignment, word: number, step: 1 | -1): boolean {
  const to = partner[word] ?? 0
  if (bond[word + step] !== Bond.replaced || partner[word + step] !== to + step) return false
  const [left, leftThere] = step > 0 ? [word, to] : [word - 1, to - 1]
  const was = old.text.folded.slice(old.ends[left], old.starts[left + 1])
  const is = renewed.text.folded.slice(renewed.ends[leftThere], renewed.starts[leftThere + 1])
  return was === is || !SENTENCE_END.test(was + is)
}

const SENTENCE_END = /[.!?\u3002\uff01\uff1f]/

function landStart(
  { old, renewed, partner, bond }: Alignment,
  passage: FoldedPassage,
  first: number,
): number {
  const to = partner[first] ?? 0
  const wordStart = renewed.starts[to] ?? 0
  if (first > passage.firstWord) return wordStart - marksBefore(old, renewed, passage, first, to)
  const inside = passage.start - (old.starts[first] ?? 0)
  if (inside > 0)
    return wordStart + (bond[first] === Bond.replaced ? 0 : offsetInside(old, renewed, first, to, inside))
  const shared = sharedBorder(
    old.text.folded,
    renewed.text.folded,
    old.starts[first] ?? 0,
    wordStart,
    -inside,
    -1,
  )
  if (shared > 0) return wordStart - shared
  // A word was put in between the opening mark and the first word.
  const before = partner[first - 1] ?? -1
  const mark = old.text.folded.slice(passage.start, old.starts[first]).trimEnd()
  if (mark === '' || before < 0 || before >= to || to - before > WIDEST_INSERTION) return wordStart
  const at = renewed.text.folded.indexOf(mark, renewed.ends[before])
  return at >= 0 && at < wordStart ? at : wordStart
}

/** Words that may have been put in between a word and the mark beside it. */
const WIDEST_INSERTION = 4

function landEnd({ old, renewed, partner, bond }: Alignment, passage: FoldedPassage, last: number): number {
  const to = partner[last] ?? 0
  const wordEnd = renewed.ends[to] ?? 0
  if (last < passage.endWord - 1) return wordEnd + marksAfter(old, renewed, passage, last, to)
  const beyond = passage.end - (old.ends[last] ?? 0)
  if (beyond < 0) {
    if (bond[last] === Bond.replaced) return wordEnd
    const inside = passage.end - (old.starts[last] ?? 0)
    return (renewed.starts[to] ?? 0) + Math.max(1, offsetInside(old, renewed, last, to, inside))
  }
  const shared = sharedBorder(old.text.folded, renewed.text.folded, old.ends[last] ?? 0, wordEnd, beyond, 1)
  if (shared > 0) return wordEnd + shared
  const after = partner[last + 1] ?? -1
  const mark = old.text.folded.slice(old.ends[last], passage.end).trimStart()
  if (mark === '' || after <= to || after - to > WIDEST_INSERTION) return wordEnd
  const at = renewed.text.folded.lastIndexOf(mark, (renewed.starts[after] ?? 0) - mark.length)
  return at >= wordEnd ? at + mark.length : wordEnd
}

/** An offset inside a word, carried to its partner: kept from the end it is nearer to without passing a difference. */
function offsetInside(old: WordText, renewed: WordText, word: number, to: number, offset: number): number {
  const a = old.text.folded.slice(old.starts[word], old.ends[word])
  const b = renewed.text.folded.slice(renewed.starts[to], renewed.ends[to])
  let head = 0
  while (head < a.length && head < b.length && a.charCodeAt(head) === b.charCodeAt(head)) head++
  if (offset <= head) return offset
  return Math.max(Math.min(head, b.length), b.length - (a.length - offset))
}

/**
 * The marks that end a passage whose last words are gone: those that followed the last word left, or those that ended
 * the passage itself and have now come up to that word.
 */
function marksAfter(
  old: WordText,
  renewed: WordText,
  passage: FoldedPassage,
  last: number,
  to: number,
): number {
  const there = renewed.text.folded.slice(renewed.ends[to], renewed.starts[to + 1])
  const next = old.text.folded.slice(old.ends[last], old.starts[last + 1])
  const ending = old.text.folded.slice(old.ends[passage.endWord - 1], passage.end)
  const shifted = sharedMarks(there.trimStart(), ending)
  const lead = there.length - there.trimStart().length
  return Math.max(sharedMarks(there, next), shifted > 0 ? shifted + lead : 0)
}

function marksBefore(
  old: WordText,
  renewed: WordText,
  passage: FoldedPassage,
  first: number,
  to: number,
): number {
  const there = opensWith(renewed.text.folded.slice(renewed.ends[to - 1] ?? 0, renewed.starts[to]))
  const next = opensWith(old.text.folded.slice(old.ends[first - 1], old.starts[first]))
  const opening = opensWith(old.text.folded.slice(passage.start, old.starts[passage.firstWord]))
  return Math.max(sharedMarks(there, next), sharedMarks(there, opening))
}

/** The marks that touch the word after them, from the word outwards: what stands before a space closes something else. */
function opensWith(marks: string): string {
  return reversed(marks.slice(marks.lastIndexOf(' ') + 1))
}

function reversed(marks: string): string {
  return [...marks].reverse().join('')
}

/** How far two strings of marks agree, up to the last visible one. */
export function sharedMarks(a: string, b: string): number {
  let shared = 0
  while (shared < a.length && shared < b.length && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++
  return a.slice(0, shared).trimEnd().length
}

const WORD_OR_SPACE = /[\p{L}\p{N}\p{M}\s]/u

/**
 * How many of the marks that stand at the border of the passage, outside its last word, stand there in the new text
 * as well: quote marks, a full stop, a bracket. Marks may have been exchanged, but a mark never takes in a word.
 */
function sharedBorder(a: string, b: string, aAt: number, bAt: number, most: number, step: 1 | -1): number {
  const shift = step < 0 ? -1 : 0
  let shared = 0
  let visible = 0
  while (shared < most) {
    const mark = b.charAt(bAt + shift + step * shared)
    const isSame = mark !== '' && mark === a.charAt(aAt + shift + step * shared)
    if (!isSame && (mark === '' || WORD_OR_SPACE.test(mark))) break
    shared++
    if (mark !== ' ') visible = shared
  }
  return visible
}
