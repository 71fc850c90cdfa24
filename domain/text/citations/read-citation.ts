/**
 * Reads what stands inside one pair of brackets: who, which work, which place in it.
 *
 *     Cliff, Lenin, vol. 2, p. 160      authors `Cliff`, title `Lenin`
 *     The Bolshevik Myth, p. 318        a title alone
 *     quoted by Rabinowitch, Op. Cit.   the work of that author which was cited before
 *     Ibid., p. 3                       the work that was cited last
 *
 * A citation ends in a place (`p.`, `pp.`, `vol.`, `chapter` …) or is one of the Latin short forms; anything else in
 * brackets, `[the Stalinists]`, is the author's own word and not read.
 */

/** What the words of one citation say, before the work that they name is looked for. */
export type ReadCitation =
  | { readonly kind: 'ibid' }
  /** `Op. cit.` and `loc. cit.`; `authors` is empty where the form stands alone. */
  | { readonly kind: 'cited-before'; readonly authors: readonly string[] }
  /** `parts` are what commas part, the last of them a title or a piece of one. */
  | { readonly kind: 'work'; readonly parts: readonly string[] }

const LEAD_IN =
  /^(?:(?:see|cf\.?|compare|also|see also|e\.g\.|for example)[,:]?\s+)*(?:.*\b(?:quoted|cited|reprinted|contained|included|reproduced)\s+(?:by|in|from)\s+)?/iu
const IBID = /^ibid(?:em)?\b\.?/iu
const CITED_BEFORE = /(?:^|[\s,])(?:op|loc)\.?\s?cit\b\.?/iu
/** Where the place in the work begins; roman numerals count pages and volumes as well. */
const PLACE =
  /(?:^|[\s,])(?:(?:pp?|pgs?)\.\s?|pages?\s+|(?:vols?|nos?|bks?|chs?|chaps?|secs?|fns?|nn?|ll?)\.\s?|(?:volume|number|book|chapter|section|part|footnote|note|lines?)s?\s+|§\s?)(?:\d|[ivxlc]+\b)/iu
const MOST_CHARACTERS = 200

/** What the words of a citation say, or null when they are none. */
export function readCitation(raw: string): ReadCitation | null {
  const words = raw.replace(/\s+/gu, ' ').trim()
  const cited = words.replace(LEAD_IN, '')
  if (IBID.test(cited)) return { kind: 'ibid' }
  const before = CITED_BEFORE.exec(cited)
  if (before) {
    const authors = toNames(trimCommas(cited.slice(0, before.index)))
    return authors ? { kind: 'cited-before', authors } : null
  }
  const place = PLACE.exec(cited)
  if (!place || place.index > MOST_CHARACTERS) return null
  const head = trimCommas(cited.slice(0, place.index))
  if (!/^["'“‘«]?(?:\p{Lu}|\d{4})/u.test(head)) return null
  return { kind: 'work', parts: head.split(/,\s*/u).filter((part) => part !== '') }
}

const PARTICLES = new Set('al bin da de del della der di du ibn la le ten ter van von y zu'.split(' '))

/** Whether words look like a person's name: up to four, each as names are written. */
export function isName(words: string): boolean {
  const parts = words.split(/\s+/u)
  if (parts.length > 4 || parts.length === 0) return false
  return parts.every(
    (part, index) => /^\p{Lu}[\p{L}\p{M}.'’-]*$|^\p{L}\.$/u.test(part) || (index > 0 && PARTICLES.has(part)),
  )
}

/** The names in `Daniel and Gabriel Cohn-Bendit`; null when something in it is no name, empty for no words. */
export function toNames(words: string): string[] | null {
  if (words === '') return []
  const names = words
    .split(/,\s*(?:and\s+)?|\s+(?:and|&|und|et)\s+/u)
    .map((name) => name.replace(/\s*\((?:eds?|trans)\.?\)|[’']s$/giu, '').trim())
  return names.every(isName) ? names : null
}

/** The last name, in small letters, by which an author is known. */
export function toSurname(name: string): string {
  return (name.split(/\s+/u).at(-1) ?? name).toLowerCase()
}

function trimCommas(words: string): string {
  return words.replace(/^[\s,]+|[\s,:]+$/gu, '')
}
