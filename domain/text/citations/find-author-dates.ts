/**
 * Citations by author and year, `(Smith 1999, p. 12)` and `Smith (1999)`. Who wrote what in which year is said by the
 * list of works of the document: a name and a year that are not in it are no citation, whatever they look like.
 */
import type { Block, TextRange } from '../edition-text.ts'
import type { Reference } from './list-references.ts'
import { toSurname } from './read-citation.ts'

/** A citation with the works of the list that it may mean: more than one where author and year do not tell them apart. */
export interface AuthorDate extends TextRange {
  readonly references: readonly Reference[]
}

const SURNAME = String.raw`(?:(?:al|da|de|del|della|der|di|du|la|le|van|von)\s+)*\p{Lu}[\p{L}\p{M}’'-]+`
const NAMES = String.raw`(${SURNAME}(?:,\s+${SURNAME})*(?:,?\s+(?:and|&|und|et|y)\s+${SURNAME})?)(?:,?\s+et\s+al\.?)?`
const YEAR = String.raw`((?:1[4-9]|20)\d\d[a-z]?)`
const PLACE = String.raw`(?:[,:]\s*(?:(?:pp?|chs?|chaps?|vols?|nn?|secs?)\.\s?|§\s?|chapter\s)?[\divxlc][^()[\];]{0,60})?`

/** In brackets, by itself or among others; what leads up to it is not part of it. */
const BRACKETED = new RegExp(
  String.raw`(?<=[([;]\s*(?:(?:see|cf\.?|compare|also|e\.g\.,?|quoted in|cited in)\s+)*)${NAMES},?\s+${YEAR}${PLACE}(?=\s*[)\];])`,
  'gu',
)
const IN_A_SENTENCE = new RegExp(String.raw`${NAMES}(?:[’']s?)?\s+[(\[]${YEAR}${PLACE}[)\]]`, 'gu')

/** The citations of a block by author and year that the list knows, in order and without overlap. */
export function findAuthorDates(block: Block, references: readonly Reference[]): AuthorDate[] {
  if (references.length === 0) return []
  const found = [...block.text.matchAll(BRACKETED), ...block.text.matchAll(IN_A_SENTENCE)]
    .flatMap((match) => toAuthorDate(block, match, references) ?? [])
    .sort((a, b) => a.start - b.start)
  return found.filter((citation, index) => citation.start >= (found[index - 1]?.end ?? 0))
}

function toAuthorDate(
  { start }: Block,
  { 0: whole, 1: names = '', 2: year = '', index }: RegExpExecArray,
  references: readonly Reference[],
): AuthorDate | null {
  const surnames = names.split(/,?\s+(?:and|&|und|et|y)\s+|,\s+/u)
  const fitting = references.filter((reference) => isBy(reference, surnames, year))
  if (fitting.length === 0) return null
  return { start: start + index, end: start + index + whole.length, references: fitting }
}

/** The first author is the first that is named; the others that are named are among the others. A year without its letter may be any of the year. */
function isBy({ authors, year }: Reference, surnames: readonly string[], cited: string): boolean {
  const known = authors.map(toSurname)
  const [first = '', ...others] = surnames.map(toSurname)
  const isYear = year === cited || year.replace(/[a-z]$/u, '') === cited
  return isYear && known[0] === first && others.every((name) => known.includes(name))
}
