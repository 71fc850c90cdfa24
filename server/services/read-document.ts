/** The words of a document: its text, its sections, and where words stand in it. */
import { findWords } from '#domain/anchoring/find-words.ts'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { Section, TextRange } from '#domain/text/edition-text.ts'
import { findSectionAt, findSectionOfBlock } from '#domain/text/find-in-edition.ts'
import { surroundings } from '#domain/text/surroundings.ts'
import { toContents } from '#domain/text/to-contents.ts'
import type { Tx } from '../db/database.ts'
import type { StoredDocument } from '../db/documents.ts'
import {
  type EditionRow,
  findBlockIndexByNumber,
  findCitedWorks,
  findEdition,
  findEditionByNumber,
  findPageStart,
  listBlocks,
  listHeadings,
  listParagraphNumbers,
} from '../db/editions.ts'
import type { ServiceContext } from './context.ts'
import type { DocumentService, Find, SectionView } from './contracts/documents.ts'
import { getEditionText } from './edition-cache.ts'
import { readEditionOriginal } from './edition-original.ts'
import { getReadableDocument } from './readable-documents.ts'

type Reading = Pick<DocumentService, 'text' | 'original' | 'readSection' | 'findPage' | 'find'>

/** Characters shown around a find, on each side. */
const contextLength = 60

/** The part of the document service that reads. */
export function createReading(context: ServiceContext): Reading {
  const { database, now } = context
  const readable = (actor: Actor, idOrSlug: string) =>
    getReadableDocument(database.db, actor, idOrSlug, now())
  /** The current edition, or the one asked for; those who may change the document read its previews too. */
  const getEdition = async (actor: Actor, stored: StoredDocument, number?: number) => {
    if (number === undefined || number === stored.document.edition.number) {
      return getCurrentEdition(database.db, stored)
    }
    const previews = can(actor, 'document.change', stored.facts, now())
    const edition = await findEditionByNumber(database.db, stored.document.id, number, { previews })
    if (!edition) throw new AppError('not-found', `There is no edition ${number} of this document.`)
    return edition
  }

  return {
    async text(actor, documentId, number) {
      const stored = await readable(actor, documentId)
      const edition = await getEdition(actor, stored, number)
      const { text } = await getEditionText(database, edition.id)
      return text
    },

    async original(actor, documentId) {
      const stored = await readable(actor, documentId)
      const edition = await getCurrentEdition(database.db, stored)
      return readEditionOriginal(database.db, edition, stored.document.slug)
    },

    async readSection(actor, slug, at, number) {
      const stored = await readable(actor, slug)
      const edition = await getEdition(actor, stored, number)
      const section = await findSection(database.db, edition, at)
      if (!section) throw new AppError('not-found', 'The text has no such place.')
      return readSection(database.db, stored, edition, section)
    },

    async findPage(actor, slug, label, number) {
      const stored = await readable(actor, slug)
      const edition = await getEdition(actor, stored, number)
      const start = await findPageStart(database.db, edition.id, label)
      if (start === null) throw new AppError('not-found', 'The text has no such page.')
      return start
    },

    async find(actor, documentId, words, limit, number) {
      const stored = await readable(actor, documentId)
      const edition = await getEdition(actor, stored, number)
      const cached = await getEditionText(database, edition.id)
      const { total, ranges } = findWords(cached.folded, words, limit)
      const offsets = ranges.map(({ start }) => start)
      const paragraphs = await listParagraphNumbers(database.db, edition.id, offsets)
      const finds = ranges.map((range, index) => ({
        ...describeFind(cached.text, range),
        section: findSectionAt(edition.sections, range.start)?.number ?? 1,
        paragraph: paragraphs[index] ?? null,
      }))
      return { total, finds }
    },
  }
}

async function getCurrentEdition(tx: Tx, stored: StoredDocument): Promise<EditionRow> {
  const edition = await findEdition(tx, stored.editionId)
  if (!edition) throw new Error(`document ${stored.document.id} has lost its edition`)
  return edition
}

async function findSection(
  tx: Tx,
  edition: EditionRow,
  at: { section: number } | { offset: number } | { paragraph: number },
): Promise<Section | null> {
  if ('section' in at) return edition.sections.find(({ number }) => number === at.section) ?? null
  if ('offset' in at) return findSectionAt(edition.sections, at.offset)
  const index = await findBlockIndexByNumber(tx, edition.id, at.paragraph)
  return index === null ? null : findSectionOfBlock(edition.sections, index)
}

async function readSection(
  tx: Tx,
  stored: StoredDocument,
  edition: EditionRow,
  section: Section,
): Promise<SectionView> {
  const [blocks, headings, works] = await Promise.all([
    listBlocks(tx, edition.id, section),
    listHeadings(tx, edition.id),
    findCitedWorks(tx, edition.id),
  ])
  const contents = toContents({ blocks: headings, sections: edition.sections })
  return {
    document: stored.document,
    edition: {
      id: edition.id,
      number: edition.number,
      length: edition.length,
      blocks: edition.blockCount,
    },
    section,
    sections: edition.sections,
    blocks,
    works,
    contents: contents.map(({ title, depth, block, section }) => ({
      title,
      level: depth,
      blockIndex: block,
      section,
    })),
  }
}

function describeFind(
  text: string,
  { start, end }: TextRange,
): Pick<Find, 'start' | 'end' | 'before' | 'match' | 'after'> {
  return { start, end, match: text.slice(start, end), ...surroundings(text, { start, end }, contextLength) }
}
