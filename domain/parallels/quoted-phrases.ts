import type { TextRange } from '../text/edition-text.ts'

/** Words in quote marks of the kinds that do not also stand for an apostrophe. */
const QUOTED = /“([^“”]+)”|"([^"\n]+)"|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」|『([^『』]+)』/gu

/** Where a text quotes: what stands inside its quote marks. Single marks are left aside, being apostrophes too. */
export function findQuotedPhrases(text: string): TextRange[] {
  return [...text.matchAll(QUOTED)].map((match) => {
    const start = match.index + 1
    return { start, end: start + match[0].length - 2 }
  })
}
