import { foldQuote } from '#domain/anchoring/fold-text.ts'
import type { Reanchored } from '#domain/anchoring/reanchored.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { EditedText, Token, Trace } from './edit-text.ts'

/** Where a passage truly is. `unclear` (parted by a move, or mostly replaced) is shown, and judged by nobody. */
export type TruePlace =
  | { readonly state: 'exact' | 'moved' | 'changed'; readonly outer: TextRange; readonly inner: TextRange }
  | { readonly state: 'orphaned' | 'unclear' }

export type Verdict =
  | 'exact'
  | 'near'
  | 'wrong'
  | 'lost'
  | 'rightly lost'
  | 'anchored though deleted'
  | 'unjudged'

/** Works out the true place from the fates of the words. Replaced words at the ends may or may not be counted in. */
export function truePlace(old: string, edited: EditedText, passage: TextRange): TruePlace {
  let letters = 0
  let alive = 0
  const traces: Trace[] = []
  const solid: Trace[] = []
  for (let i = firstTokenAfter(edited.tokens, passage.start); i < edited.tokens.length; i++) {
    const token = edited.tokens[i]
    const trace = edited.traces[i]
    if (!token || !trace || token.start >= passage.end) break
    if (!token.isWord) continue
    letters += token.end - token.start
    if (trace.fate === 'deleted') continue
    traces.push(trace)
    if (trace.fate === 'replaced') continue
    alive += token.end - token.start
    solid.push(trace)
  }
  const [first, last] = [traces[0], traces[traces.length - 1]]
  if (!first || !last) return { state: 'orphaned' }
  const [firstSolid, lastSolid] = [solid[0], solid[solid.length - 1]]
  const hole = LARGEST_HOLE + (passage.end - passage.start) / 2
  const isTogether = traces.every((trace, i) => {
    const before = traces[i - 1]
    return !before || (trace.start >= before.end && trace.start - before.end < hole)
  })
  if (!isTogether || alive * 2 < letters || !firstSolid || !lastSolid) return { state: 'unclear' }
  const outer = { start: first.start, end: last.end }
  const inner = { start: firstSolid.start, end: lastSolid.end }
  const isSame =
    foldQuote(old.slice(passage.start, passage.end)) === foldQuote(edited.text.slice(outer.start, outer.end))
  return { state: isSame ? (first.isMoved ? 'moved' : 'exact') : 'changed', outer, inner }
}

/** Letters that may have come in between two words of one passage, besides half its length. */
const LARGEST_HOLE = 200

function firstTokenAfter(tokens: readonly Token[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Offsets that count as the same: a quote mark or a full stop. */
const TOLERANCE = 2

/** Compares what was said with what is true. `uncertain` counts as lost: no place is shown to readers. */
export function judge(truth: TruePlace, said: Reanchored): Verdict {
  if (truth.state === 'unclear') return 'unjudged'
  const isPlaced = said.state !== 'orphaned' && said.state !== 'uncertain'
  if (!('outer' in truth)) return isPlaced ? 'anchored though deleted' : 'rightly lost'
  if (!isPlaced) return 'lost'
  const { outer, inner } = truth
  const isExact =
    said.start >= outer.start - TOLERANCE &&
    said.start <= inner.start + TOLERANCE &&
    said.end >= inner.end - TOLERANCE &&
    said.end <= outer.end + TOLERANCE
  if (isExact) return 'exact'
  const shared = Math.min(said.end, outer.end) - Math.max(said.start, outer.start)
  const both = Math.max(said.end, outer.end) - Math.min(said.start, outer.start)
  return shared > 0 && shared >= 0.7 * both ? 'near' : 'wrong'
}
