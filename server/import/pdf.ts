/** Reads PDFs that have a text layer: where words stand on their pages is all that a PDF says, the rest is found out. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { AppError } from '#domain/app-error.ts'
import type { SourceBlock, SourceDocument } from '#domain/text/edition-text.ts'
import { toRepairSwitches } from '#domain/text/repairs.ts'
import { toAuthors, toLanguage, toTitle } from './describe-source.ts'
import type { Importer } from './importer.ts'
import { toPdfBlocks } from './pdf-blocks.ts'
import { type PdfLine, type PdfWord, toPdfLines } from './pdf-lines.ts'
import { readMargins } from './pdf-margins.ts'
import { refusePdfBombs } from './refuse-pdf-bombs.ts'

const MAX_PAGES = 10_000
/** Fewer letters a page than this, over all pages, are stamps and captions on a scan. */
const LEAST_LETTERS = 12
/** Titles that programs make of a file's name. */
const NO_TITLE = /^(?:untitled|microsoft word - .*|.*\.(?:docx?|pdf|indd|tex|dvi|rtf|qxd|odt))$/i
const FILES = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** Reads a PDF: paragraphs in the order of reading, without running heads, with the numbers of its printed pages. */
export const pdfImporter: Importer = {
  format: 'pdf',
  async read(bytes, { onProgress = () => {}, switches = toRepairSwitches() }): Promise<SourceDocument> {
    if (!Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-'))
      throw new AppError('unprocessable', 'This file is not a PDF.')
    refusePdfBombs(bytes)
    const pdf = await open(bytes)
    try {
      const pages = await readPages(pdf, onProgress)
      const { blocks, linesJoined } = toPdfBlocks(readMargins(pages), switches)
      return { ...(await describe(pdf, blocks)), blocks, linesJoined }
    } finally {
      await pdf.destroy()
    }
  },
}

async function open(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  // Only drawing uses it; where there is no canvas, the module would not load without.
  Object.assign(globalThis, { DOMMatrix: globalThis.DOMMatrix ?? class {} })
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    // A copy, since it takes the bytes for its own.
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    cMapUrl: join(FILES, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(FILES, 'standard_fonts/'),
  })
  try {
    return await task.promise
  } catch (error) {
    await task.destroy()
    if (error instanceof Error && error.name === 'PasswordException')
      throw new AppError('unprocessable', 'This PDF is encrypted. Bring it in without its password.')
    if (error instanceof RangeError) throw error
    throw new AppError('unprocessable', 'This PDF is damaged or cut off.')
  }
}

async function readPages(pdf: PDFDocumentProxy, onProgress: (share: number) => void): Promise<PdfLine[][]> {
  if (pdf.numPages > MAX_PAGES) throw new AppError('unprocessable', 'This PDF has more than 10,000 pages.')
  const pages: PdfLine[][] = []
  let letters = 0
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const lines = toPdfLines(await readWords(pdf, number)).filter(({ text }) => text !== '')
    pages.push(lines)
    letters += lines.reduce((sum, { text }) => sum + text.length, 0)
    if (number % 5 === 0) onProgress(number / pdf.numPages)
  }
  if (letters < LEAST_LETTERS * pages.length)
    throw new AppError(
      'unprocessable',
      'This PDF has no text in it: it is a scan. Let a program recognise its text (OCR) first.',
    )
  return pages
}

async function readWords(pdf: PDFDocumentProxy, number: number): Promise<PdfWord[]> {
  try {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = page.getViewport({ scale: 1 }).transform
    const words: PdfWord[] = []
    for (const item of items) {
      if (!('str' in item)) continue
      if (item.str.trim() === '') {
        addSpace(words, item.width)
        continue
      }
      const [ta, tb, tc, td, te, tf]: number[] = item.transform
      if (
        ta === undefined ||
        tb === undefined ||
        tc === undefined ||
        td === undefined ||
        te === undefined ||
        tf === undefined
      )
        continue
      const [along, up] = [a * ta + c * tb, b * ta + d * tb]
      // What runs up or down the page is a stamp.
      if (Math.abs(up) > 0.1 * Math.abs(along)) continue
      words.push({
        text: item.str,
        x: a * te + c * tf + e,
        y: b * te + d * tf + f,
        width: item.width,
        size: Math.hypot(tc, td),
        isRightToLeft: item.dir === 'rtl',
      })
    }
    page.cleanup()
    return words
  } catch (error) {
    if (error instanceof RangeError) throw error
    throw new AppError('unprocessable', `Page ${number} of this PDF is damaged and cannot be read.`)
  }
}

/** A space that is written keeps words together that a wide gap would part; what is wider leads to another column. */
function addSpace(words: PdfWord[], width: number): void {
  const last = words.at(-1)
  if (!last || width <= 0 || width > 1.5 * last.size || last.text.endsWith(' ')) return
  words[words.length - 1] = { ...last, text: `${last.text} `, width: last.width + width }
}

async function describe(pdf: PDFDocumentProxy, blocks: readonly SourceBlock[]) {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
  const field = (name: string): string => {
    const value: unknown = Object.entries(info).find(([key]) => key === name)?.[1]
    return typeof value === 'string' ? value : ''
  }
  const said = field('Title').trim()
  const heading = blocks.slice(0, 6).find(({ form }) => form.kind === 'heading')
  return {
    title: (NO_TITLE.test(said) ? null : toTitle(said)) ?? toTitle(heading?.text),
    authors: toAuthors(field('Author')),
    language: toLanguage(field('Language')),
  }
}
