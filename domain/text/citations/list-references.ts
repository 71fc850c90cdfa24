/**
 * The list of works at the end of a text, which citations by author and year point into:
 *
 *     Smith, John and Kate Jones (1999) The Long Strike. London.
 *     ——— 2001b. “After the Strike”, Review 4.
 *
 * It stands below a heading that says so. An entry begins with names and has a year; one that cannot be read so is
 * left out, and citations of it stay words.
 */
import type { Block } from '../edition-text.ts'

/** A work of the list. */
export interface Reference {
  /** As people write their names, the given ones first. */
  readonly authors: readonly string[]
  /** As it is cited, with the letter that tells it from others of the year. */
  readonly year: string
  readonly title: string
}

const LIST_TITLE =
  /^(?:[\divxlc]+[.)]?\s+)?(?:references?|works cited|literature(?: cited)?|(?:select(?:ed)? )?bibliography|sources|literatur(?:verzeichnis)?|bibliographie|bibliograf[ií]a|ouvrages cités)\.?$/iu

/** What stands between the names and the title: the year, in brackets or not. */
const YEAR = /[\s,.]\(?((?:1[4-9]|20)\d\d[a-z]?)\)?(?=[\s.,:;]|$)/u
const SAME_AUTHORS = /^(?:[-–—_―]\s?){2,}[.,]?\s*/u
const MOST_NAME_CHARACTERS = 160

/** Whether a block is in a list of works, for each block; and what these lists hold. */
export function listReferences(blocks: readonly Block[]): {
  readonly references: readonly Reference[]
  readonly isInList: (block: Block) => boolean
} {
  const inList = new Set<Block>()
  const references: Reference[] = []
  let level: number | null = null
  for (const block of blocks) {
    if (block.form.kind === 'heading' && (level === null || block.form.level <= level)) {
      level = LIST_TITLE.test(block.text.trim()) ? block.form.level : null
    } else if (level !== null && block.form.kind !== 'heading') {
      inList.add(block)
      const read = readReference(block, references.at(-1))
      if (read) references.push(read)
    }
  }
  return { references, isInList: (block) => inList.has(block) }
}

function readReference({ text, marks, start }: Block, before: Reference | undefined): Reference | null {
  const entry = text.replaceAll('\n', ' ')
  const same = SAME_AUTHORS.exec(entry)?.[0].length ?? 0
  const year = YEAR.exec(entry)
  if (!year?.[1] || (same > 0 && !before)) return null
  const italic = marks.find(
    ({ kind, start: from, end }) => kind === 'emphasis' && end - from > 2 && from > start,
  )
  const title = italic && {
    from: italic.start - start,
    words: text.slice(italic.start - start, italic.end - start),
  }
  const names = tidy(entry.slice(same, Math.min(year.index, title?.from ?? year.index)))
  const authors = same > 0 && names === '' ? (before?.authors ?? []) : readAuthors(names)
  if (authors.length === 0) return null
  const after = entry.slice(year.index + year[0].length)
  const words = tidy(title?.words ?? firstSentence(after))
  return words === '' ? null : { authors, year: year[1], title: words }
}

/** Names as they are sorted, `Smith, John` or `Smith, J. K.`, or as they are said. */
function readAuthors(names: string): string[] {
  if (names.length > MOST_NAME_CHARACTERS) return []
  const authors = names.split(';').flatMap(readNames)
  return authors.every((author) => NAME.test(author)) ? authors : []
}

function readNames(names: string): string[] {
  const parts = names
    .trim()
    .replace(/\s*\(?\b(?:eds?|hrsg|trans)\b\.?\)?/giu, '')
    .replace(/,?\s*\bet al\b\.?/iu, '')
    .split(/,?\s+(?:and|&|und|et|y)\s+|(,\s*)/u)
  const authors: string[] = []
  // Between two parts stands the comma, or nothing where another word parted them.
  for (let index = 0; index < parts.length; index += 2) {
    const part = parts[index] ?? ''
    const last = authors.at(-1)
    const isSecond = index === 2 && parts[1] !== undefined
    const isGiven = (isSecond || INITIALS.test(part)) && last !== undefined && SURNAME.test(last)
    if (isGiven) authors[authors.length - 1] = `${part} ${last}`
    else if (part !== '') authors.push(part)
  }
  return authors
}

/** One word, or several that begin with a small one: what a name begins with where it is sorted. */
const SURNAME = /^(?:\S+|\p{Ll}.*)$/u
const INITIALS = /^(?:\p{Lu}\.[\s-]?)+$/u
const NAME =
  /^(?:(?:\p{Lu}[\p{L}\p{M}.’'-]*|al|bin|da|de|del|della|der|di|du|ibn|la|le|ten|ter|van|von|y|zu)\s?){1,6}$/u

/** The title after the year: what quotation marks hold, or the words up to the first full stop. */
function firstSentence(words: string): string {
  const quoted = /^[\s.,:]*["“«‘]([^"”»]{3,})["”»’]/u.exec(words)?.[1]
  return quoted ?? /^[\s.,:)]*(.*?[\p{L}\d][^.]*)(?:\.|$)/u.exec(words)?.[1] ?? ''
}

const tidy = (words: string) =>
  words.replace(/\s+/gu, ' ').replace(/^["'“”‘’«\s,.:(]+|["'“”‘’»\s,:(]+$|(?<!\b\p{Lu})\.$/gu, '')
