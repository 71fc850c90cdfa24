import type { Block, TextRange } from '../edition-text.ts'
import { findAuthorDates } from './find-author-dates.ts'
import { listReferences, type Reference } from './list-references.ts'
import { type ReadCitation, readCitation } from './read-citation.ts'

/** A citation where it stands, with what its words say. */
export interface FoundCitation extends TextRange {
  readonly says: ReadCitation | ListedCitation
  /** The words between the citation before and this one, no more than a paragraph or two. */
  readonly context: string
  /** The range of it that is set in italics, as titles are; null when none or several are. */
  readonly emphasised: TextRange | null
}

/** An author and a year, with the works of the document's own list that these fit. */
export interface ListedCitation {
  readonly kind: 'listed'
  readonly references: readonly Reference[]
}

const BRACKETED = /\[([^[\]\n]{3,300})\]|\(([^()\n]{3,300})\)/gu
const LONGEST_CONTEXT = 1_000
/** In round brackets, where much else stands, only these make a citation. */
const CERTAIN = /\bpp?\.\s?\d|\b(?:op|loc)\.?\s?cit\b|^ibid/iu

/** How a footnote ends that is a citation and no sentence. */
const ENDS_IN_PLACE = /(?:\d(?:f{0,2}|[\d–-]*)|[ivxlc]+|\bcit|^ibid)\.?$/iu

/** All citations of an edition in order: by author and year, in brackets, and footnotes that are nothing else. */
export function findCitations(text: string, blocks: readonly Block[]): FoundCitation[] {
  const found: FoundCitation[] = []
  const { references, isInList } = listReferences(blocks)
  for (const block of blocks) {
    if (block.form.kind === 'heading' || block.form.kind === 'code') continue
    const listed = isInList(block) ? [] : findAuthorDates(block, references)
    for (const { says, ...range } of readBlock(block, listed)) {
      const from = Math.max(found.at(-1)?.end ?? 0, range.start - LONGEST_CONTEXT)
      const context = text.slice(from, range.start)
      found.push({ ...range, says, context, emphasised: findEmphasis(block, range) })
    }
  }
  return found
}

/** What is a citation by author and year is not read in another way as well. */
function readBlock(
  block: Block,
  listed: readonly (TextRange & { readonly references: readonly Reference[] })[],
): (TextRange & Pick<FoundCitation, 'says'>)[] {
  const { text, start: from } = block
  const read = [...findRanges(block)].flatMap((range) => {
    const isListed = listed.some(({ start, end }) => start < range.end && end > range.start)
    const says = isListed ? null : readCitation(text.slice(range.start - from, range.end - from))
    return says ? [{ ...range, says }] : []
  })
  const dated = listed.map(({ start, end, references }) => {
    return { start, end, says: { kind: 'listed', references } as const }
  })
  return [...read, ...dated].sort((a, b) => a.start - b.start)
}

function* findRanges({ text, start, form }: Block): Generator<TextRange> {
  let isBracketed = false
  for (const match of text.matchAll(BRACKETED)) {
    const inner = match[1] ?? match[2] ?? ''
    if (match[1] === undefined && !CERTAIN.test(inner)) continue
    isBracketed = true
    yield* splitCitations(inner, start + match.index + 1)
  }
  if (form.kind === 'footnote' && !isBracketed && text.length <= 300 && ENDS_IN_PLACE.test(text))
    yield* splitCitations(text, start)
}

/** Several citations in one pair of brackets are parted by semicolons. */
function* splitCitations(inner: string, start: number): Generator<TextRange> {
  let at = start
  for (const part of inner.split(';')) {
    const words = part.trim()
    const lead = part.length - part.trimStart().length
    if (words !== '') yield { start: at + lead, end: at + lead + words.length }
    at += part.length + 1
  }
}

function findEmphasis({ marks }: Block, { start, end }: TextRange): TextRange | null {
  const inside = marks.filter(
    (mark) => mark.kind === 'emphasis' && mark.start >= start && mark.end <= end && mark.end - mark.start > 2,
  )
  const [only] = inside
  return only && inside.length === 1 ? { start: only.start, end: only.end } : null
}
