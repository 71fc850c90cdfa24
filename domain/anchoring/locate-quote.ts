import type { TextRange } from '#domain/text/edition-text.ts'
import { type FoldedText, foldQuote, foldText } from './fold-text.ts'
import { describePassage, splitsPair } from './passage.ts'

/**
 * Finding a quote in one text: the inverse of `describePassage`, for quotes that come from outside as well.
 *
 * A quote is compared after folding, so the kind of quote marks, dashes and spaces does not matter. Where it stands
 * in several places its context decides, but only when it clearly tells them apart; otherwise the places are given
 * back for a person to choose from. Nothing is ever found by likeness: a letter that differs is a different quote.
 */

/** A quote to look for; context is optional, and worth giving. */
export interface QuoteSelector {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

/** One of several places a quote may mean, with words around it for a person to tell it by. */
export interface QuoteCandidate extends TextRange {
  readonly prefix: string
  readonly suffix: string
}

export type QuoteLocation =
  | { readonly state: 'found'; readonly range: TextRange }
  | { readonly state: 'ambiguous'; readonly candidates: readonly QuoteCandidate[] }
  | { readonly state: 'absent' }

/** Candidates shown at most: more is no choice a person can make. */
const MOST_CANDIDATES = 20

/** Context compared on each side, in folded units: as long as `describePassage` ever makes it. */
const LONGEST_CONTEXT = 64

/**
 * Finds where a quote stands. Give a folded text when several quotes are looked for in one text.
 *
 * `found` is promised only when the quote stands in one place, or when its context holds in full at one place alone,
 * or holds for the greater part there and for less than half as much anywhere else. Ranges are offsets in the text as
 * given, never inside a surrogate pair. Cost is linear in the text, however often the quote occurs.
 */
export function locateQuote(text: string | FoldedText, quote: QuoteSelector): QuoteLocation {
  const haystack = typeof text === 'string' ? foldText(text) : text
  if (foldQuote(quote.exact).trim() === '') return { state: 'absent' }
  const written = { exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' }
  if (partsLetterFromMark(written)) return locateIn(unfolded(haystack.source), written, quote.exact)
  const folded = {
    exact: foldQuote(written.exact),
    prefix: foldQuote(written.prefix.slice(-2 * LONGEST_CONTEXT)).trimEnd(),
    suffix: foldQuote(written.suffix.slice(0, 2 * LONGEST_CONTEXT)).trimStart(),
  }
  const location = locateIn(haystack, folded, quote.exact)
  const mayPart = location.state === 'absent' && haystack.source.includes(quote.exact)
  return mayPart ? locateIn(unfolded(haystack.source), written, quote.exact) : location
}

/** A quote in the form its haystack has: folded, or as written. */
interface Needle {
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
}

function locateIn(haystack: FoldedText, needle: Needle, exact: string): QuoteLocation {
  const ranges = findAll(haystack.folded, needle.exact)
    .map((at) => toFoldedRange(haystack, at, at + needle.exact.length))
    .filter(({ start, end }) => !splitsPair(haystack.source, start) && !splitsPair(haystack.source, end))
  if (ranges.length === 0) return { state: 'absent' }
  const left = ranges.length > 1 ? decideByContext(haystack.folded, ranges, needle) : ranges
  if (left.length > 1)
    return { state: 'ambiguous', candidates: describeCandidates(haystack.source, left, exact) }
  const [range] = left
  return range ? { state: 'found', range: refineRange(haystack.source, range, exact) } : { state: 'absent' }
}

/** A quote cut between a letter and its accent is nowhere in a folded text, where the two are one: it is taken as written. */
function partsLetterFromMark({ exact, suffix }: Needle): boolean {
  return JOINS_BEFORE.test(exact) || JOINS_BEFORE.test(suffix)
}

/** Combining marks, and the Hangul vowels and finals that join the consonant before them. */
const JOINS_BEFORE = /^[\p{M}\u1160-\u11ff]/u

function unfolded(source: string): FoldedText {
  const starts = Uint32Array.from({ length: source.length }, (_, at) => at)
  return { source, folded: source, starts, ends: starts.map((at) => at + 1) }
}

/** A range in the source, with where it lies in the folded text, which context is compared in. */
interface FoldedRange extends TextRange {
  readonly foldedStart: number
  readonly foldedEnd: number
}

function toFoldedRange(haystack: FoldedText, foldedStart: number, foldedEnd: number): FoldedRange {
  const start = haystack.starts[foldedStart] ?? 0
  const end = haystack.ends[foldedEnd - 1] ?? start
  return { start, end, foldedStart, foldedEnd }
}

/** Every place of `needle`, overlapping ones too (Knuth, Morris, Pratt: a text of one repeated letter stays linear). */
function findAll(haystack: string, needle: string): number[] {
  const first = haystack.indexOf(needle)
  if (first < 0) return []
  const fallback = fallbackTable(needle)
  const found: number[] = []
  let matched = 0
  for (let at = first; at < haystack.length; at++) {
    const code = haystack.charCodeAt(at)
    while (matched > 0 && code !== needle.charCodeAt(matched)) matched = fallback[matched - 1] ?? 0
    if (code === needle.charCodeAt(matched)) matched++
    if (matched === needle.length) {
      found.push(at - needle.length + 1)
      matched = fallback[matched - 1] ?? 0
    }
  }
  return found
}

function fallbackTable(needle: string): Uint32Array {
  const table = new Uint32Array(needle.length)
  let matched = 0
  for (let at = 1; at < needle.length; at++) {
    while (matched > 0 && needle.charCodeAt(at) !== needle.charCodeAt(matched))
      matched = table[matched - 1] ?? 0
    if (needle.charCodeAt(at) === needle.charCodeAt(matched)) matched++
    table[at] = matched
  }
  return table
}

/** The ranges that the context leaves possible: one when it decides, several (best first) when it does not. */
function decideByContext(folded: string, ranges: FoldedRange[], needle: Needle): FoldedRange[] {
  const prefix = needle.prefix.slice(-LONGEST_CONTEXT)
  const suffix = needle.suffix.slice(0, LONGEST_CONTEXT)
  const full = prefix.length + suffix.length
  if (full === 0) return ranges
  const scored = ranges.map((range) => ({
    range,
    score: sharedBefore(folded, range.foldedStart, prefix) + sharedAfter(folded, range.foldedEnd, suffix),
  }))
  scored.sort((a, b) => b.score - a.score || a.range.start - b.range.start)
  const best = scored[0]?.score ?? 0
  const second = scored[1]?.score ?? 0
  const isClear = best > second && (best === full || (best * 2 >= full && second * 2 < best))
  return scored.slice(0, isClear ? 1 : undefined).map(({ range }) => range)
}

/** How much of the end of `prefix` stands before `at`. Space where quote and context meet may belong to either. */
function sharedBefore(folded: string, at: number, prefix: string): number {
  const end = folded.charCodeAt(at - 1) === 0x20 ? at - 1 : at
  let shared = 0
  while (
    shared < prefix.length &&
    folded.charCodeAt(end - 1 - shared) === prefix.charCodeAt(prefix.length - 1 - shared)
  ) {
    shared++
  }
  return shared
}

function sharedAfter(folded: string, at: number, suffix: string): number {
  const start = folded.charCodeAt(at) === 0x20 ? at + 1 : at
  let shared = 0
  while (shared < suffix.length && folded.charCodeAt(start + shared) === suffix.charCodeAt(shared)) shared++
  return shared
}

/**
 * The very characters of the quote, where they stand at the range: folding takes a whole run of spaces for one, and
 * leaves out the invisible characters a quote may begin or end with.
 */
function refineRange(source: string, { start, end }: TextRange, exact: string): TextRange {
  const lead = Math.max(0, exact.search(/[^\p{Cf}]/u))
  const atStart = source.startsWith(exact, start - lead) ? start - lead : null
  const atEnd = source.endsWith(exact, end) ? end - exact.length : null
  // A part of a run (one hyphen of two) that fits at both ends is not told apart: the whole run stands for it.
  if (atStart !== null && atEnd !== null && atStart !== atEnd) return { start, end }
  const at = atStart ?? atEnd ?? source.indexOf(exact, start)
  return at < 0 || at > end ? { start, end } : { start: at, end: at + exact.length }
}

function describeCandidates(source: string, ranges: readonly TextRange[], exact: string): QuoteCandidate[] {
  return ranges.slice(0, MOST_CANDIDATES).map((range) => {
    const { start, end, prefix, suffix } = describePassage(source, refineRange(source, range, exact))
    return { start, end, prefix, suffix }
  })
}
