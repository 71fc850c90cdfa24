import { type Alignment, Bond } from './alignment.ts'
import type { FoldedPassage } from './folded-passage.ts'
import type { WordText } from './tokenize.ts'

/**
 * The borders of a passage in the new text, letter by letter: where in its outermost words it begins and ends, and
 * which of the marks beside them (quote marks, full stops, brackets) are its own.
 */

/** Where a passage begins in the folded new text, when its first word that is left is `first`. */
export function landStart(alignment: Alignment, passage: FoldedPassage, first: number): number {
  const { old, renewed, partner, bond } = alignment
  const to = partner[first] ?? 0
  const wordStart = renewed.starts[to] ?? 0
  if (first > passage.firstWord) return wordStart - marksBefore(alignment, passage, first, to)
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

/** Where a passage ends in the folded new text, when its last word that is left is `last`. */
export function landEnd(alignment: Alignment, passage: FoldedPassage, last: number): number {
  const { old, renewed, partner, bond } = alignment
  const to = partner[last] ?? 0
  const wordEnd = renewed.ends[to] ?? 0
  if (last < passage.endWord - 1) return wordEnd + marksAfter(alignment, passage, last, to)
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
 * Marks outlive the words they stood with: of `[the "vanguard"]` with its last word deleted, `[the ""]` is left. The
 * marks beside the outermost word left belong to the passage as far as they are, in their order, marks of the part
 * that is gone. A mark that touches the next word outside, as it did before, is that word's.
 */
function marksAfter(alignment: Alignment, passage: FoldedPassage, last: number, to: number): number {
  const { old, renewed, newPartner } = alignment
  const there = marksBetween(renewed, to)
  let gone = old.text.folded.slice(old.ends[passage.endWord - 1], passage.end)
  for (let word = passage.endWord - 2; word >= last; word--) gone = marksBetween(old, word) + gone
  const next = newPartner[to + 1] ?? -1
  const owned = next < passage.endWord ? 0 : touching(there, marksBetween(old, next - 1), -1)
  return sharedInOrder(there.slice(0, there.length - owned), gone)
}

function marksBefore(alignment: Alignment, passage: FoldedPassage, first: number, to: number): number {
  const { old, renewed, newPartner } = alignment
  const there = marksBetween(renewed, to - 1)
  let gone = old.text.folded.slice(passage.start, old.starts[passage.firstWord])
  for (let word = passage.firstWord; word < first; word++) gone += marksBetween(old, word)
  const before = newPartner[to - 1] ?? -1
  // What stands before a space closes another word; which one, is known only where that word is an old one.
  const isKnown = before >= 0 && before < passage.firstWord
  const owned = isKnown ? touching(there, marksBetween(old, before), 1) : there.lastIndexOf(' ') + 1
  return sharedInOrder(reversed(there.slice(owned)), reversed(gone))
}

/** How many marks at the start (1) or end (-1) of `there` touch the word beside them, as they did in `was`. */
function touching(there: string, was: string, side: 1 | -1): number {
  const [a, b] = side > 0 ? [there, was] : [reversed(there), reversed(was)]
  let shared = 0
  while (shared < a.length && a.charAt(shared) !== ' ' && a.charAt(shared) === b.charAt(shared)) shared++
  return shared
}

/** How much of `there` is a part of `marks` in their order, spaces apart, up to the last visible mark. */
function sharedInOrder(there: string, marks: string): number {
  let shared = 0
  let from = 0
  for (let at = 0; at < there.length; at++) {
    const mark = there.charAt(at)
    if (mark === ' ') continue
    const found = marks.indexOf(mark, from)
    if (found < 0) break
    from = found + 1
    shared = at + 1
  }
  return shared
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

/** What stands between a word and the next one; -1 is before the first word. */
export function marksBetween({ text, starts, ends, count }: WordText, word: number): string {
  return text.folded.slice(
    word < 0 ? 0 : ends[word],
    word + 1 < count ? starts[word + 1] : text.folded.length,
  )
}
