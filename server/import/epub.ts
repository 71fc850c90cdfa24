/**
 * Reads EPUB 2 and 3. The pages of the book are put one after the other into one tree, with ids that tell their file, so
 * that a note at the end of the book is found from its mark in a chapter, as in one long web page.
 */
import type { Element, Root } from 'hast'
import { AppError } from '#domain/app-error.ts'
import type { SourceBlock, SourceDocument } from '#domain/text/edition-text.ts'
import { decodeText } from './decode-text.ts'
import { toLanguage, toTitle } from './describe-source.ts'
import { type BookPackage, readPackage } from './epub-package.ts'
import { PAGE_START, toHtmlBlocks } from './html-blocks.ts'
import { findNotes } from './html-notes.ts'
import { attribute, findElement } from './html-tree.ts'
import type { Importer } from './importer.ts'
import { sliceInline } from './inline-writer.ts'
import { type Archive, openArchive } from './open-archive.ts'
import { resolveInArchive } from './resolve-in-archive.ts'
import { parseXhtml } from './xhtml-tree.ts'

/** Reads the text of a book in its order of reading, without its tables of contents. */
export const epubImporter: Importer = {
  format: 'epub',
  async read(bytes, { onProgress = () => {} }): Promise<SourceDocument> {
    const archive = await openArchive(bytes)
    const book = await readPackage(archive)
    const { root, files } = await readPages(archive, book, onProgress)
    return {
      title: toTitle(book.title),
      authors: book.authors.flatMap((name) => toTitle(name) ?? []),
      language: toLanguage(book.language),
      blocks: toHtmlBlocks(root, findNotes(root)).map((block) => placeInFile(trimNote(block), files)),
    }
  },
}

/** A page file, and the offset its text has in all page files put together. */
interface PlacedFile {
  readonly path: string
  readonly offset: number
}

async function readPages(archive: Archive, book: BookPackage, onProgress: (share: number) => void) {
  const root: Root = { type: 'root', children: [] }
  const files: PlacedFile[] = []
  let offset = 0
  // What is not in the order of reading stands after it: notes are fetched from there, and no words are lost.
  const pages = [
    ...book.pages.filter(({ isLinear }) => isLinear),
    ...book.pages.filter(({ isLinear }) => !isLinear),
  ]
  for (const [index, { path }] of pages.entries()) {
    const bytes = await archive.read(path)
    if (bytes.length === 0) continue
    const text = decodeText(bytes)
    const page = parseXhtml(text)
    const body = findElement(page, ({ tagName }) => tagName === 'body')
    if (body) {
      const place: Element = { ...body, tagName: 'div' }
      new PageMover(path, offset, book.pageNumbers).move(place)
      root.children.push(place)
      files.push({ path, offset })
    }
    offset += text.length
    onProgress((index + 1) / pages.length)
  }
  if (files.length === 0) throw new AppError('unprocessable', 'This book has no pages that can be read.')
  return { root, files }
}

/** Makes a page part of the whole book: addresses and ids tell the file, offsets count on, contents are left out. */
class PageMover {
  constructor(
    private readonly path: string,
    private readonly offset: number,
    private readonly pageNumbers: ReadonlyMap<string, string>,
  ) {}

  move(element: Element): void {
    this.moveAddresses(element)
    for (const point of element.position ? [element.position.start, element.position.end] : [])
      if (point.offset !== undefined) point.offset += this.offset
    element.children = element.children.filter(
      (child) => child.type === 'text' || (child.type === 'element' && !isContents(child)),
    )
    for (const child of element.children) {
      if (child.type === 'element') this.move(child)
      else if (child.position) {
        child.position.start.offset = (child.position.start.offset ?? 0) + this.offset
        child.position.end.offset = (child.position.end.offset ?? 0) + this.offset
      }
    }
  }

  private moveAddresses(element: Element): void {
    const { properties } = element
    const id = attribute(element, 'id') ?? (element.tagName === 'a' ? attribute(element, 'name') : null)
    if (id !== null) {
      properties.id = `${this.path}#${id}`
      const number = this.pageNumbers.get(properties.id)
      if (number !== undefined) properties[PAGE_START] = number
    }
    const href = attribute(element, 'href')
    const inside = href === null ? null : resolveInArchive(this.path, href)
    if (inside !== null) properties.href = `#${inside}`
  }
}

function isContents(element: Element): boolean {
  return element.tagName === 'nav' || attribute(element, 'role') === 'doc-toc'
}

/** Drops what is left of a note's number once the link back is gone. */
function trimNote(block: SourceBlock): SourceBlock {
  const rest = block.form.kind === 'footnote' ? /^[.):\]]\s+/.exec(block.text)?.[0].length : undefined
  return rest ? { ...block, ...sliceInline(block, rest, block.text.length) } : block
}

function placeInFile(block: SourceBlock, files: readonly PlacedFile[]): SourceBlock {
  const { source } = block
  const file = source && files.findLast(({ offset }) => offset <= source.start)
  if (!source || !file) return block
  const { path, offset } = file
  return { ...block, source: { start: source.start - offset, end: source.end - offset, part: path } }
}
