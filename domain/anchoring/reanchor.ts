/**
 * Re-anchoring: where every passage of an old text stands in a new one.
 *
 * One alignment of the two texts serves all passages, instead of one fuzzy search for each: a search always finds
 * something, so it puts the notes of a deleted sentence on its nearest look-alike, and it never knows that two notes
 * claim one place. An alignment is one-to-one and knows what was deleted, what was inserted and what only moved.
 *
 * How: both texts are folded and read as words; word n-grams unique on both sides are seeds (patience diff; maximal
 * unique matches of genome alignment), grown to maximal equal runs and chained (heaviest increasing subsequence);
 * gaps between runs are aligned by dynamic programming with affine gaps (Gotoh 1982) and a likeness for misspelt
 * words; light islands are given up; a second round of seeds in what is left finds moved blocks; an edited sentence
 * takes its words back from a copy of its old wording; each passage is then carried over by those of its words that
 * live on. Every step is linear, n log n or bounded per gap.
 *
 * What is promised: *exact* and *moved* only where the words are equal after folding; one letter or digit that differs
 * makes it *changed*; a passage most of whose words are gone is *orphaned*, whatever else resembles it; where little
 * is left, nothing around it fits, or another place fits nearly as well, it is *uncertain* and a person must look.
 */
import type { TextRange } from '#domain/text/edition-text.ts'
import { alignTexts } from './align-texts.ts'
import type { Alignment } from './alignment.ts'
import { judgePassage } from './judge-passage.ts'
import { splitsPair } from './passage.ts'
import type { Reanchored } from './reanchored.ts'

/**
 * Re-anchors passages, in the order given. Ranges are offsets in UTF-16 code units, `old` in, `new` out; a range that
 * reaches outside the old text is cut to it. Never throws, whatever the texts hold.
 */
export function reanchor(oldText: string, newText: string, passages: readonly TextRange[]): Reanchored[] {
  if (passages.length === 0) return []
  if (oldText === newText) return passages.map((passage) => stay(oldText, passage))
  return reanchorAligned(alignTexts(oldText, newText), passages)
}

/** `reanchor` over an alignment that was made before: for further passages of the same two texts. */
export function reanchorAligned(alignment: Alignment, passages: readonly TextRange[]): Reanchored[] {
  const oldText = alignment.old.text.source
  const newText = alignment.renewed.text.source
  if (oldText === newText) return passages.map((passage) => stay(oldText, passage))
  return passages.map((passage) =>
    widenToPairs(newText, judgePassage(alignment, cutToText(oldText, passage))),
  )
}

function stay(text: string, passage: TextRange): Reanchored {
  return { state: 'exact', ...cutToText(text, passage), confidence: 1, reason: 'same-words' }
}

function cutToText(text: string, { start, end }: TextRange): TextRange {
  const from = Math.min(Math.max(0, start), text.length)
  return { start: from, end: Math.min(Math.max(from, end), text.length) }
}

/** Half of a surrogate pair in the old text must not become half of one in the new text, nor pass for the whole. */
function widenToPairs(text: string, result: Reanchored): Reanchored {
  const range = result.state === 'orphaned' ? result.gap : result
  const start = splitsPair(text, range.start) ? range.start - 1 : range.start
  const end = splitsPair(text, range.end) ? range.end + 1 : range.end
  if (start === range.start && end === range.end) return result
  if (result.state === 'orphaned') return { ...result, gap: { start, end } }
  return { state: 'changed', start, end, confidence: result.confidence, reason: 'words-differ' }
}
