/** What an EPUB says about itself: its package document, the order of its pages, the numbers of its printed pages. */
import { characterEntities } from 'character-entities'
import { AppError } from '#domain/app-error.ts'
import { decodeText } from './decode-text.ts'
import type { Archive } from './open-archive.ts'
import { resolveInArchive } from './resolve-in-archive.ts'
import { findXml, parseXml, type XmlElement, xmlChildren, xmlElementsIn, xmlText } from './xml-tree.ts'

const PAGE_TYPES = new Set(['application/xhtml+xml', 'text/html', 'application/xml', 'text/x-oeb1-document'])
/** Fonts may be hidden by these: the words are not. */
const FONT_ALGORITHMS = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC'])

/** One page file of a book. */
export interface BookPage {
  /** Its path in the archive. */
  readonly path: string
  /** Whether it belongs to the text that is read from beginning to end. */
  readonly isLinear: boolean
}

export interface BookPackage {
  readonly title: string | null
  readonly authors: readonly string[]
  readonly language: string | null
  /** In the order of reading, without tables of contents. */
  readonly pages: readonly BookPage[]
  /** Numbers of printed pages by the places they begin at (`path#id`), where a list of them is given. */
  readonly pageNumbers: ReadonlyMap<string, string>
}

interface ManifestItem {
  readonly path: string
  readonly type: string
  readonly properties: readonly string[]
}

/** Reads the package of a book. Rejects with AppError `unprocessable` when there is none, or when its pages are encrypted. */
export async function readPackage(archive: Archive): Promise<BookPackage> {
  const path = await findPackagePath(archive)
  const root = await readXml(archive, path)
  const metadata = findXml(root, 'metadata') ?? root
  const manifest = readManifest(root, path)
  const pages = listPages(root, manifest, path)
  await refuseEncrypted(archive, new Set(pages.map((page) => page.path)))
  return {
    title: readTitle(metadata),
    authors: readAuthors(metadata),
    language: textsOf(metadata, 'language')[0] ?? null,
    pages: pages.filter((page) => archive.has(page.path)),
    pageNumbers: await readPageNumbers(archive, root, manifest),
  }
}

async function findPackagePath(archive: Archive): Promise<string> {
  if (archive.has('META-INF/container.xml')) {
    const container = await readXml(archive, 'META-INF/container.xml')
    for (const file of xmlElementsIn(container)) {
      const path = file.name === 'rootfile' ? file.attributes['full-path'] : undefined
      if (path && archive.has(path)) return path
    }
  }
  const found = archive.names.find((name) => name.endsWith('.opf'))
  if (!found) throw new AppError('unprocessable', 'This file is not an EPUB: it has no package document.')
  return found
}

async function readXml(archive: Archive, path: string): Promise<XmlElement> {
  return parseXml(decodeText(await archive.read(path)), characterEntities)
}

function readManifest(root: XmlElement, path: string): Map<string, ManifestItem> {
  const items = new Map<string, ManifestItem>()
  const manifest = findXml(root, 'manifest')
  for (const { attributes } of manifest ? xmlChildren(manifest, 'item') : []) {
    const resolved = resolveInArchive(path, attributes.href ?? '')
    if (!attributes.id || resolved === null) continue
    items.set(attributes.id, {
      path: resolved,
      type: attributes['media-type'] ?? '',
      properties: (attributes.properties ?? '').split(/\s+/),
    })
  }
  return items
}

function listPages(root: XmlElement, manifest: Map<string, ManifestItem>, path: string): BookPage[] {
  const contents = new Set(
    [...xmlElementsIn(root)]
      .filter(({ name, attributes }) => name === 'reference' && attributes.type?.toLowerCase() === 'toc')
      .map(({ attributes }) => resolveInArchive(path, (attributes.href ?? '').replace(/#.*/, ''))),
  )
  const spine = findXml(root, 'spine')
  const pages: BookPage[] = []
  for (const { attributes } of spine ? xmlChildren(spine, 'itemref') : []) {
    const item = manifest.get(attributes.idref ?? '')
    if (!item || !PAGE_TYPES.has(item.type) || item.properties.includes('nav')) continue
    if (!contents.has(item.path)) pages.push({ path: item.path, isLinear: attributes.linear !== 'no' })
  }
  return pages.filter((page, index) => pages.findIndex(({ path: other }) => other === page.path) === index)
}

async function refuseEncrypted(archive: Archive, paths: ReadonlySet<string>): Promise<void> {
  const path = 'META-INF/encryption.xml'
  if (!archive.has(path)) return
  for (const data of xmlElementsIn(await readXml(archive, path))) {
    if (data.name !== 'EncryptedData') continue
    const algorithm = findXml(data, 'EncryptionMethod')?.attributes.Algorithm ?? ''
    const uri = findXml(data, 'CipherReference')?.attributes.URI ?? ''
    if (!FONT_ALGORITHMS.has(algorithm) && paths.has(resolveInArchive('', uri) ?? ''))
      throw new AppError('unprocessable', 'This book is encrypted (copy protection), so it cannot be read.')
  }
}

function readTitle(metadata: XmlElement): string | null {
  const titles = xmlChildren(metadata, 'title')
  const main = titles.find((title) => refinementOf(metadata, title, 'title-type') === 'main')
  const found = main ?? titles[0]
  return found ? xmlText(found) || null : null
}

function readAuthors(metadata: XmlElement): string[] {
  const creators = xmlChildren(metadata, 'creator')
  const roleOf = (creator: XmlElement) =>
    creator.attributes['opf:role'] ?? refinementOf(metadata, creator, 'role')
  const authors = creators.filter((creator) => ['aut', undefined].includes(roleOf(creator)))
  return (authors.length > 0 ? authors : creators)
    .map(xmlText)
    .filter((name) => name !== '')
    .slice(0, 20)
}

function refinementOf(metadata: XmlElement, element: XmlElement, property: string): string | undefined {
  const id = element.attributes.id
  const meta = xmlChildren(metadata, 'meta').find(
    ({ attributes }) => id && attributes.refines === `#${id}` && attributes.property === property,
  )
  return meta && xmlText(meta)
}

function textsOf(metadata: XmlElement, name: string): string[] {
  return xmlChildren(metadata, name)
    .map(xmlText)
    .filter((text) => text !== '')
}

/** From the page list of the navigation document (EPUB 3) or of the NCX (EPUB 2). */
async function readPageNumbers(
  archive: Archive,
  root: XmlElement,
  manifest: ReadonlyMap<string, ManifestItem>,
): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  const add = (base: string, href: string | undefined, label: string) => {
    const place = href === undefined ? null : resolveInArchive(base, href)
    if (place !== null && label !== '' && label.length <= 20) numbers.set(place, label)
  }
  const ncxId = findXml(root, 'spine')?.attributes.toc
  const lists = [...manifest.entries()].filter(
    ([id, item]) =>
      item.properties.includes('nav') || id === ncxId || item.type === 'application/x-dtbncx+xml',
  )
  for (const [, { path }] of lists) {
    if (!archive.has(path)) continue
    const list = await readXml(archive, path).catch(ignoreMalformed)
    for (const element of list ? xmlElementsIn(list) : []) {
      if (element.name === 'pageTarget') {
        const label = findXml(element, 'text')
        add(path, findXml(element, 'content')?.attributes.src, label ? xmlText(label) : '')
      } else if (element.name === 'nav' && element.attributes['epub:type'] === 'page-list') {
        for (const link of xmlElementsIn(element))
          if (link.name === 'a') add(path, link.attributes.href, xmlText(link))
      }
    }
  }
  return numbers
}

/** A list that cannot be read only costs the numbers. */
function ignoreMalformed(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}
