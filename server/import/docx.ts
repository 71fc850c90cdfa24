/**
 * Reads Word documents. `mammoth` turns them into HTML by the names of their styles; the walker of web pages reads that.
 *
 * It is given no file as it came: the XML parts are unpacked under the limits of `open-archive.ts`, looked through, and
 * packed again, so that it can find neither a bomb nor an entity in them. Pictures do not go along: what a figure says
 * is its description.
 */
import { strToU8, zipSync } from 'fflate'
import { AppError } from '#domain/app-error.ts'
import type { SourceBlock, SourceDocument } from '#domain/text/edition-text.ts'
import { decodeText } from './decode-text.ts'
import { toAuthors, toLanguage, toTitle } from './describe-source.ts'
import { placeDocxBlocks } from './docx-places.ts'
import { toHtmlBlocks } from './html-blocks.ts'
import { findNotes } from './html-notes.ts'
import { parsePage } from './html-tree.ts'
import type { Importer } from './importer.ts'
import { openArchive } from './open-archive.ts'
import { findXml, parseXml, refuseHostileXml, xmlText } from './xml-tree.ts'

/** What mammoth makes of styles that it does not know by itself; `:fresh` begins a new element for each paragraph. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  ...[
    'Quote',
    'Intense Quote',
    'Block Text',
    'Quotation',
    'Quotations',
    'Block Quote',
    'Block Quotation',
  ].map((name) => `p[style-name='${name}'] => blockquote > p:fresh`),
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "r[style-name='Emphasis'] => em",
  'small-caps => span.small-caps',
  'u => u',
]
/** Names that programs write where the author's should stand. */
const NO_AUTHORS = /^(?:microsoft office user|python-docx|user|author|admin|unknown|windows user|un-named)$/i
const OLE_START = [0xd0, 0xcf, 0x11, 0xe0]

/** Reads a Word document: its text with headings, lists, quotations, tables and notes; without comments. */
export const docxImporter: Importer = {
  format: 'docx',
  async read(bytes): Promise<SourceDocument> {
    if (OLE_START.every((byte, index) => bytes[index] === byte))
      throw new AppError(
        'unprocessable',
        'This Word document is encrypted, or of the old kind: save it as .docx without a password.',
      )
    const parts = await readParts(bytes)
    const blocks = await toBlocks(parts)
    const core = parts.get('docProps/core.xml')
    const field = (name: string) => {
      const found = core && findXml(parseXml(core), name)
      return found ? xmlText(found) : ''
    }
    const creator = field('creator')
    return {
      title: toTitle(field('title')) ?? toTitle(firstHeading(blocks)),
      authors: NO_AUTHORS.test(creator) ? [] : toAuthors(creator),
      language: toLanguage(field('language')) ?? toLanguage(defaultLanguage(parts)),
      blocks,
      notices: [...listNotices(parts)],
    }
  },
}

async function readParts(bytes: Uint8Array): Promise<Map<string, string>> {
  const archive = await openArchive(bytes)
  const parts = new Map<string, string>()
  for (const name of archive.names) {
    if (!/\.(?:xml|rels)$/i.test(name) || /^(?:word\/(?:theme|embeddings|media)|customXml)\//.test(name))
      continue
    const part = await archive.read(name)
    if (part.length === 0) continue
    const text = decodeText(part)
    refuseHostileXml(text)
    parts.set(name, text)
  }
  if (!parts.has('word/document.xml') && !parts.has('_rels/.rels'))
    throw new AppError('unprocessable', 'This file is not a Word document.')
  return parts
}

async function toBlocks(parts: ReadonlyMap<string, string>): Promise<SourceBlock[]> {
  const { default: mammoth } = await import('mammoth')
  const buffer = Buffer.from(
    zipSync(Object.fromEntries([...parts].map(([name, text]) => [name, strToU8(text)])), { level: 0 }),
  )
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
  const html = await mammoth
    .convertToHtml({ buffer }, { styleMap: STYLES, includeEmbeddedStyleMap: false, convertImage })
    .catch((error: unknown) => {
      if (error instanceof RangeError) throw error
      throw new AppError('unprocessable', 'This Word document is damaged and cannot be read.')
    })
  const page = parsePage(html.value)
  return placeDocxBlocks(toHtmlBlocks(page, findNotes(page)), parts)
}

function firstHeading(blocks: readonly SourceBlock[]): string | null {
  const [first] = blocks
  return first?.form.kind === 'heading' && first.form.level <= 2 ? first.text : null
}

function defaultLanguage(parts: ReadonlyMap<string, string>): string | null {
  const defaults = /<w:docDefaults>[\s\S]{0,5000}?<w:lang [^>]*?w:val="([^"]+)"/.exec(
    parts.get('word/styles.xml') ?? '',
  )
  return defaults?.[1] ?? null
}

function* listNotices(parts: ReadonlyMap<string, string>): Generator<string> {
  const comments = parts.get('word/comments.xml')?.match(/<w:comment[\s>]/g)?.length ?? 0
  if (comments > 0) yield comments === 1 ? 'One comment was left out.' : `${comments} comments were left out.`
  const document = parts.get('word/document.xml') ?? ''
  if (/<w:(?:ins|del|moveTo|moveFrom)\s/.test(document))
    yield 'Tracked changes were read as if they had been accepted.'
}
