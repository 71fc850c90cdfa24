/** Words of editions as a person is shown them: in their place. */
import type { Section, TextRange } from '#domain/text/edition-text.ts'
import { findSectionAt } from '#domain/text/find-in-edition.ts'
import { surroundings } from '#domain/text/surroundings.ts'
import type { WordsInPlace } from '#domain/wire/edition.ts'
import { findEdition, listParagraphNumbers } from '../db/editions.ts'
import type { ServiceContext } from './context.ts'
import { getEditionText } from './edition-cache.ts'

/** Characters shown around the words, on each side, where nothing else is asked for. */
const fewCharacters = 80

/** The words at ranges of editions, with a little of what stands around them and where that is; in the same order. */
export async function placeWords(
  { database }: ServiceContext,
  ranges: readonly (TextRange & { readonly editionId: string })[],
  contextLength = fewCharacters,
): Promise<WordsInPlace[]> {
  const editions = new Map<
    string,
    { text: string; sections: readonly Section[]; paragraphs: Map<number, number | null> }
  >()
  for (const editionId of new Set(ranges.map((range) => range.editionId))) {
    const offsets = ranges.filter((range) => range.editionId === editionId).map(({ start }) => start)
    const [{ text }, edition, numbers] = await Promise.all([
      getEditionText(database, editionId),
      findEdition(database.db, editionId),
      listParagraphNumbers(database.db, editionId, offsets),
    ])
    const paragraphs = new Map(offsets.map((offset, index) => [offset, numbers[index] ?? null]))
    editions.set(editionId, { text, sections: edition?.sections ?? [], paragraphs })
  }
  return ranges.flatMap(({ editionId, start, end }) => {
    const edition = editions.get(editionId)
    if (!edition) return []
    const { text, sections, paragraphs } = edition
    return {
      ...surroundings(text, { start, end }, contextLength),
      words: text.slice(start, end),
      start,
      end,
      section: findSectionAt(sections, start)?.number ?? 1,
      paragraph: paragraphs.get(start) ?? null,
    }
  })
}
