/** Reads TEI P5 (and P4 where it is alike): the text of an edition, with its numbers of pages and lines. */
import { characterEntities } from 'character-entities'
import { AppError } from '#domain/app-error.ts'
import type { SourceDocument } from '#domain/text/edition-text.ts'
import { toRepairSwitches } from '#domain/text/repairs.ts'
import { decodeText } from './decode-text.ts'
import { toLanguage, toTitle } from './describe-source.ts'
import type { Importer } from './importer.ts'
import { LineJoiner } from './join-lines.ts'
import { toTeiBlocks } from './tei-blocks.ts'
import { findXml, parseXml, type XmlElement, xmlChildren, xmlElementsIn, xmlText } from './xml-tree.ts'

const ROOTS = new Set(['TEI', 'TEI.2', 'teiCorpus'])

/** Reads a TEI file: what its header says, and every text in it. */
export const teiImporter: Importer = {
  format: 'tei',
  read(bytes, { switches = toRepairSwitches() }): SourceDocument {
    const text = decodeText(bytes)
    const root = parseXml(text, characterEntities)
    if (!ROOTS.has(root.name)) throw new AppError('unprocessable', 'This XML file is not a TEI document.')
    const header = findXml(root, 'teiHeader')
    const joiner = new LineJoiner(text.replace(/<[^>]*>/g, '\n'), { switches })
    const blocks = toTeiBlocks(outerTexts(root), joiner)
    return {
      title: toTitle(header && readTitle(header)),
      authors: header ? readAuthors(header) : [],
      language: toLanguage(readLanguage(root, header)),
      blocks,
      linesJoined: joiner.linesJoined,
    }
  },
}

/** A corpus has several; a text of a group stands inside another and is read with it. */
function outerTexts(element: XmlElement): XmlElement[] {
  return xmlChildren(element).flatMap((child) => (child.name === 'text' ? [child] : outerTexts(child)))
}

function readTitle(header: XmlElement): string | null {
  const statement = findXml(header, 'titleStmt')
  const titles = statement ? xmlChildren(statement, 'title') : []
  const main = titles.find(({ attributes }) => attributes.type === 'main') ?? titles[0]
  return main ? xmlText(main).replace(/[:,]?\s*\(?(?:an? )?(?:electronic|machine.readable) .*$/i, '') : null
}

function readAuthors(header: XmlElement): string[] {
  const statement = findXml(header, 'titleStmt')
  const source = findXml(header, 'sourceDesc')
  const named = statement ? xmlChildren(statement, 'author') : []
  const authors =
    named.length > 0 || !source ? named : [...xmlElementsIn(source)].filter(({ name }) => name === 'author')
  const names = authors.map((author) => toTitle(xmlText(findXml(author, 'persName') ?? author)))
  return [...new Set(names.flatMap((name) => name ?? []))].slice(0, 20)
}

function readLanguage(root: XmlElement, header: XmlElement | null): string | null {
  const [text] = outerTexts(root)
  const usage = header && findXml(header, 'langUsage')
  const languages = usage ? xmlChildren(usage, 'language') : []
  const most = languages.toSorted((a, b) => usageOf(b) - usageOf(a))[0]
  return text?.attributes['xml:lang'] ?? most?.attributes.ident ?? root.attributes['xml:lang'] ?? null
}

function usageOf(language: XmlElement): number {
  return Number(language.attributes.usage) || 0
}
