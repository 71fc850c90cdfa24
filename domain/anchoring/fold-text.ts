/**
 * Folding: the one notion of "the same words" that locating and re-anchoring share.
 *
 * Two stretches of text are equal after folding when they differ only in what editors, printers and imports change
 * without changing a word: the kind and amount of white space, the kind of quote marks and dashes, typographic
 * ligatures, soft hyphens and other invisible characters, and the Unicode normal form. Case, accents, letters and
 * digits all count: folding them would let a changed word pass for the same.
 *
 * Invariant: unit `i` of the folded string comes from `source.slice(starts[i], ends[i])`; starts and ends never
 * decrease. Folding goes by clusters (a character with its combining marks), so it never looks back.
 */

/** A text folded once, with the way back to its own offsets. Costs 10 bytes a character; keep it while a text is in use. */
export interface FoldedText {
  readonly source: string
  readonly folded: string
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Folds a text and keeps the way back. Linear in the length of the text. */
export function foldText(source: string): FoldedText {
  const sink = new FoldSink(source.length)
  let at = 0
  while (at < source.length) {
    const plain = plainEnd(source, at)
    if (plain > at) {
      sink.add(source.slice(at, plain), at, plain)
      at = plain
    } else {
      const end = unitEnd(source, at)
      sink.add(foldUnit(source.slice(at, end)), at, end)
      at = end
    }
  }
  return sink.result(source)
}

/** The folded form alone, for comparing quotes. */
export function foldQuote(quote: string): string {
  return foldText(quote).folded
}

const SPACE = /[\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/
const DASH = /[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
/** Combining marks, and the Hangul vowels and finals that join the consonant before them. */
const COMBINING = /[\p{M}\u1160-\u11ff]/u

/** Characters with a form of their own; ligatures are those of type, not letters such as æ. */
const FOLDED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...[..."'‘’‚‛‹›ʼ′"].map((mark) => [mark, "'"] as const),
  ...[...'"“”„‟«»〝〞〟″＂'].map((mark) => [mark, '"'] as const),
  ['\ufb00', 'ff'],
  ['\ufb01', 'fi'],
  ['\ufb02', 'fl'],
  ['\ufb03', 'ffi'],
  ['\ufb04', 'ffl'],
  ['\ufb05', '\u017ft'],
  ['\ufb06', 'st'],
  ['\u2026', '...'],
])

/** The end of a stretch that folds to itself. Nearly all of a text is such; taking it whole is what makes folding fast. */
function plainEnd(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    const code = text.charCodeAt(end)
    const isPlain = isPlainCode(code) || (code === 0x20 && end > at && isPlainCode(text.charCodeAt(end + 1)))
    if (!isPlain) break
    end++
  }
  // A mark may follow and join the last character: leave that one to its cluster.
  return end > at && text.charCodeAt(end) >= 0x300 ? end - 1 : end
}

/** Whether a code unit is a whole character that folds to itself and joins nothing before it. Need not know them all. */
function isPlainCode(code: number): boolean {
  if (code < 0x7f) return code > 0x20 && code !== 0x2d
  if (code < 0x530) return (code >= 0xc0 && code < 0x2b0) || (code >= 0x388 && code < 0x482) || code >= 0x48a
  return (
    (code >= 0x4e00 && code < 0xa000) ||
    (code >= 0x3041 && code < 0x3097) ||
    (code >= 0x30a1 && code < 0x30fb)
  )
}

/** Where the unit that begins at `at` ends: a run of white space, a run of dashes, or one character with its marks. */
function unitEnd(text: string, at: number): number {
  const first = text.charAt(at)
  if (SPACE.test(first)) return runEnd(text, at + 1, SPACE)
  if (DASH.test(first)) return runEnd(text, at + 1, DASH)
  if (INVISIBLE.test(first)) return at + 1
  return clusterEnd(text, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1))
}

function runEnd(text: string, at: number, kind: RegExp): number {
  let end = at
  while (end < text.length && kind.test(text.charAt(end))) end++
  return end
}

function clusterEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && text.charCodeAt(end) >= 0x300) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0)
    if (!COMBINING.test(character)) break
    end += character.length
  }
  return end
}

function foldUnit(unit: string): string {
  const first = unit.charAt(0)
  if (SPACE.test(first)) return ' '
  if (DASH.test(first)) return '-'
  if (unit.length > 1) return unit.normalize('NFC')
  if (INVISIBLE.test(first)) return ''
  return FOLDED_CHARACTERS.get(first) ?? first.normalize('NFC')
}

/** Collects folded units with their ranges. A unit as long as its source keeps an offset for each code unit. */
class FoldSink {
  private starts: Uint32Array
  private ends: Uint32Array
  private length = 0
  private readonly parts: string[] = []
  private last = ''

  constructor(capacity: number) {
    this.starts = new Uint32Array(capacity + 16)
    this.ends = new Uint32Array(capacity + 16)
  }

  add(folded: string, start: number, end: number): void {
    if (folded === '') return
    // Spaces or dashes parted by an invisible character are one run all the same.
    if ((folded === ' ' || folded === '-') && folded === this.last) {
      this.ends[this.length - 1] = end
      return
    }
    this.last = folded.slice(-1)
    const isOneToOne = folded.length === end - start
    this.reserve(folded.length)
    for (let i = 0; i < folded.length; i++) {
      this.starts[this.length + i] = isOneToOne ? start + i : start
      this.ends[this.length + i] = isOneToOne ? start + i + 1 : end
    }
    this.length += folded.length
    this.parts.push(folded)
  }

  result(source: string): FoldedText {
    const { starts, ends, length } = this
    return {
      source,
      folded: this.parts.join(''),
      starts: starts.slice(0, length),
      ends: ends.slice(0, length),
    }
  }

  /** Only ligatures, the ellipsis and a few decompositions make a folded text longer than its source. */
  private reserve(more: number): void {
    if (this.length + more <= this.starts.length) return
    const capacity = (this.starts.length + more) * 2
    this.starts = grown(this.starts, capacity)
    this.ends = grown(this.ends, capacity)
  }
}

function grown(array: Uint32Array, capacity: number): Uint32Array {
  const larger = new Uint32Array(capacity)
  larger.set(array)
  return larger
}
