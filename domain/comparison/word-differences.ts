/** How two wordings of one passage differ, word by word. */
import { foldQuote } from '../anchoring/fold-text.ts'
import type { WordDifference } from '../wire/edition.ts'

/** Products of token counts above this are not compared: no person reads word by word what is so long and so different. */
const MOST_CELLS = 4_000_000

const TOKEN = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*|\s+|./gsu

/**
 * The stretches that both wordings have, that only `before` has and that only `after` has, in reading order: at one
 * place what was removed stands before what was added. Words are the same when they are equal after folding; of what
 * is the same, the text is that of `after`. A longest common subsequence of words, marks and spaces.
 */
export function wordDifferences(before: string, after: string): WordDifference[] {
  const [a, b] = [toTokens(before), toTokens(after)]
  const head = countShared(a, b, (index) => index)
  const [aRest, bRest] = [a.slice(head), b.slice(head)]
  const tail = countShared(aRest, bRest, (index, length) => length - 1 - index)
  const middle = compareMiddle(aRest.slice(0, aRest.length - tail), bRest.slice(0, bRest.length - tail))
  const same = (token: Token): WordDifference => ({ kind: 'same', text: token.text })
  return join([...b.slice(0, head).map(same), ...middle, ...b.slice(b.length - tail).map(same)])
}

interface Token {
  readonly text: string
  readonly folded: string
}

const toTokens = (text: string): Token[] =>
  (text.match(TOKEN) ?? []).map((token) => ({ text: token, folded: foldQuote(token) }))

function countShared(
  a: readonly Token[],
  b: readonly Token[],
  at: (index: number, length: number) => number,
): number {
  const most = Math.min(a.length, b.length)
  let shared = 0
  while (shared < most && a[at(shared, a.length)]?.folded === b[at(shared, b.length)]?.folded) shared++
  return shared
}

function compareMiddle(a: readonly Token[], b: readonly Token[]): WordDifference[] {
  const steps: WordDifference[] = []
  const lengths = a.length * b.length > MOST_CELLS ? null : commonLengths(a, b)
  const width = b.length + 1
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]]
    if (lengths && one && other && one.folded === other.folded) {
      steps.push({ kind: 'same', text: other.text })
      i++
      j++
    } else if (
      one &&
      (!other || !lengths || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      steps.push({ kind: 'removed', text: one.text })
      i++
    } else if (other) {
      steps.push({ kind: 'added', text: other.text })
      j++
    }
  }
  return steps
}

/** Cell `(i, j)`: tokens that `a` from `i` on and `b` from `j` on have in common. */
function commonLengths(a: readonly Token[], b: readonly Token[]): Uint32Array {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j
      lengths[at] =
        a[i]?.folded === b[j]?.folded
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0)
    }
  }
  return lengths
}

/** Joins steps to stretches. A space between two changed words is part of the change. */
function join(steps: readonly WordDifference[]): WordDifference[] {
  const stretches: WordDifference[] = []
  let open = { removed: '', added: '' }
  const close = () => {
    if (open.removed !== '') stretches.push({ kind: 'removed', text: open.removed })
    if (open.added !== '') stretches.push({ kind: 'added', text: open.added })
    open = { removed: '', added: '' }
  }
  for (const [index, { kind, text }] of steps.entries()) {
    if (kind !== 'same') open[kind] += text
    else if (text.trim() === '' && isChange(steps[index - 1]) && isChange(steps[index + 1])) {
      open.removed += text
      open.added += text
    } else {
      close()
      const last = stretches.at(-1)
      if (last?.kind === 'same') stretches.splice(-1, 1, { kind, text: last.text + text })
      else stretches.push({ kind, text })
    }
  }
  close()
  return stretches
}

const isChange = (step: WordDifference | undefined) => step !== undefined && step.kind !== 'same'
