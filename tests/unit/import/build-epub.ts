/** Books for tests. */
import { buildZip } from './build-zip.ts'

const CONTAINER = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

export interface BookParts {
  readonly metadata?: string
  /** XHTML of the pages by their file name, in the order of the spine. */
  readonly pages: Readonly<Record<string, string>>
  /** Further `<item>`s, attributes of the spine and elements after it. */
  readonly items?: string
  readonly spine?: string
  readonly guide?: string
  /** Attributes of an `<itemref>` by file name. */
  readonly itemrefs?: Readonly<Record<string, string>>
  /** Further files by their path in the archive. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

/** An EPUB; a page that is no whole document is put into one. */
export function buildEpub({ metadata = '', pages, items = '', spine = '', ...rest }: BookParts): Uint8Array {
  const names = Object.keys(pages)
  const manifest = names.map(
    (name) => `<item id="i-${name}" href="${name}" media-type="application/xhtml+xml"/>`,
  )
  const order = names.map((name) => `<itemref idref="i-${name}" ${rest.itemrefs?.[name] ?? ''}/>`)
  const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">
<metadata>${metadata}</metadata><manifest>${manifest.join('')}${items}</manifest><spine ${spine}>${order.join('')}</spine>${rest.guide ?? ''}</package>`
  const texts = Object.fromEntries(
    Object.entries(pages).map(([name, page]) => [
      `OEBPS/${name}`,
      page.includes('<html') ? page : aPage(page),
    ]),
  )
  return buildZip(
    {
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': CONTAINER,
      'OEBPS/book.opf': opf,
      ...texts,
      ...rest.files,
    },
    { stored: 'mimetype' },
  )
}

/** XHTML around what stands in a body. */
export function aPage(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>${body}</body></html>`
}
