import type { TextRange } from '#domain/text/edition-text.ts'
import type { Random } from './random.ts'

/**
 * A new edition with edits at known places. The text is cut into tokens; every token's fate is known, and where it
 * stands in the new text, so that the true place and state of any passage can be told.
 */

export type Fate = 'kept' | 'normalised' | 'misspelt' | 'replaced' | 'deleted'

export interface Token extends TextRange {
  readonly isWord: boolean
}

/** Where a token went. */
export interface Trace extends TextRange {
  readonly fate: Fate
  readonly isMoved: boolean
}

export interface EditedText {
  readonly text: string
  readonly tokens: readonly Token[]
  /** For each token. */
  readonly traces: readonly Trace[]
}

const TOKEN = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|\n\s*\n|\s+|--|[^\s\p{L}\p{N}]/gu
const DELETED: Trace = { start: -1, end: -1, fate: 'deleted', isMoved: false }

/** Cuts a text into words, spaces, paragraph breaks and marks. */
export function tokenizeForEditing(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    isWord: /^[\p{L}\p{N}]/u.test(match[0]),
  }))
}

/**
 * Edits a text. `rate` is the share of words touched: half replaced, a quarter misspelt, an eighth each deleted and
 * preceded by a new one; half the rate of sentences deleted and of paragraphs moved; the rate of paragraphs preceded
 * by a new one, which in one case of four quotes a sentence of the text itself. `strange` are sentences to insert.
 */
export function editText(text: string, rate: number, random: Random, strange: readonly string[]): EditedText {
  const tokens = tokenizeForEditing(text)
  const wordsOf = (from: number, to: number): string =>
    text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0)
  const words = tokens.filter(({ isWord }) => isWord).map(({ start, end }) => text.slice(start, end))
  const paragraphs = cutAfter(tokens, text, BREAK).map(([from, to]) => ({
    isMoved: random.chance(rate / 2),
    sentences: cutAfter(tokens, text, SENTENCE_END, from, to).filter(() => !random.chance(rate / 2)),
  }))
  const quotable = paragraphs.flatMap(({ sentences }) =>
    sentences.map(([from, to]) => wordsOf(from, to).trim()),
  )
  const traces: Trace[] = tokens.map(() => DELETED)
  let written = ''
  const open = (): void => {
    if (written !== '') written += '\n\n'
  }
  for (const { isMoved, sentences } of reordered(paragraphs, random)) {
    if (random.chance(rate)) {
      open()
      const quoted = random.chance(0.25) && quotable.length > 0 ? [random.pick(quotable)] : []
      written += [random.pick(strange), ...quoted, random.pick(strange)].join(' ')
    }
    open()
    const isNormalised = random.chance(Math.min(1, 10 * rate))
    for (const [from, to] of sentences) {
      for (let at = from; at < to; at++) {
        const { is, fate, inserted } = editToken(
          wordsOf(at, at + 1),
          tokens[at]?.isWord === true,
          rate,
          random,
          words,
        )
        const plain = isNormalised && fate === 'kept' ? normalise(is) : is
        written += inserted
        if (fate === 'deleted') continue
        const end = written.length + plain.length
        traces[at] = { start: written.length, end, fate: plain === is ? fate : 'normalised', isMoved }
        written += plain
      }
    }
  }
  return { text: written, tokens, traces }
}

/** The moved ones are put in somewhere else, the others keep their order. */
function reordered<T extends { readonly isMoved: boolean }>(paragraphs: readonly T[], random: Random): T[] {
  const order = paragraphs.filter(({ isMoved }) => !isMoved)
  for (const paragraph of paragraphs) {
    if (paragraph.isMoved) order.splice(random.below(order.length + 1), 0, paragraph)
  }
  return order
}

const BREAK = /\n\s*\n/
const SENTENCE_END = /[.!?。]/

/** Ranges of token indexes, each ending after a token that matches. */
function cutAfter(
  tokens: readonly Token[],
  text: string,
  mark: RegExp,
  from = 0,
  to = tokens.length,
): [number, number][] {
  const cuts: [number, number][] = []
  let start = from
  for (let at = from; at < to; at++) {
    const token = tokens[at]
    if (!token || (!mark.test(text.slice(token.start, token.end)) && at < to - 1)) continue
    cuts.push([start, at + 1])
    start = at + 1
  }
  return cuts
}

interface TokenEdit {
  readonly is: string
  readonly fate: Fate
  readonly inserted: string
}

function editToken(
  was: string,
  isWord: boolean,
  rate: number,
  random: Random,
  words: readonly string[],
): TokenEdit {
  const kept: TokenEdit = { is: was, fate: 'kept', inserted: '' }
  if (BREAK.test(was)) return { ...kept, is: '' }
  if (!isWord || !random.chance(rate)) return kept
  const kind = random.below(8)
  if (kind < 4) {
    const other = random.pick(words)
    return other.toLowerCase() === was.toLowerCase() ? kept : { ...kept, is: other, fate: 'replaced' }
  }
  if (kind < 6 && was.length > 2) return { ...kept, is: misspell(was, random), fate: 'misspelt' }
  if (kind === 6) return { is: '', fate: 'deleted', inserted: '' }
  return { ...kept, inserted: `${random.pick(words)} ` }
}

function misspell(word: string, random: Random): string {
  const at = 1 + random.below(word.length - 1)
  const letter = String.fromCharCode(97 + random.below(26))
  const other = word.charAt(at) === letter ? `${letter}${letter}` : letter
  return random.pick([
    word.slice(0, at) + other + word.slice(at),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + other + word.slice(at + 1),
  ])
}

function normalise(token: string): string {
  if (/^\s+$/.test(token)) return ' '
  if (token === '--') return '—'
  return token.replaceAll('"', '”').replaceAll("'", '’')
}
