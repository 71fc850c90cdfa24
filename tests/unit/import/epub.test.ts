import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { importSource } from '#server/import/import-source.ts'
import { detectFormat } from '#server/import/importers.ts'
import { expectRenderedTextToBeCanonical } from '../text/rendered-text.ts'
import { aPage, type BookParts, buildEpub } from './build-epub.ts'
import { buildZip } from './build-zip.ts'
import { outline } from './read-fixture.ts'

const read = (bytes: Uint8Array) => importSource({ bytes, fileName: 'book.epub' })
const readBook = (parts: BookParts) => read(buildEpub(parts))

const METADATA = `<dc:title id="s">A Subtitle</dc:title><dc:title id="t">The Ferry &amp; the Flood</dc:title>
<meta refines="#t" property="title-type">main</meta>
<dc:creator id="a">Mara Voss</dc:creator><meta refines="#a" property="role" scheme="marc:relators">aut</meta>
<dc:creator id="i">Otto Brand</dc:creator><meta refines="#i" property="role">ill</meta><dc:language>en-GB</dc:language>`
const NAV = `<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="two.xhtml#pg8">8</a></li></ol></nav>`

describe('a book of the third version', async () => {
  const book = await readBook({
    metadata: METADATA,
    pages: {
      'nav.xhtml': aPage(NAV),
      'one.xhtml': `<section><h1>One</h1><p>The river<a epub:type="noteref" href="notes.xhtml#n1">note</a> rose
        <span epub:type="pagebreak" id="pg7" title="7"/>all night.<sup><a href="#n2" id="r2">2</a></sup></p>
        <aside epub:type="footnote" id="n2"><p><a href="#r2">2</a>. By the mill&rsquo;s mark.</p></aside></section>`,
      'two.xhtml': `<h1>Two</h1><blockquote><p>Cross <a id="pg8"/>now, or <a href="one.xhtml">never</a>.</p></blockquote>
        <div/><p>See <a href="https://example.org/">there</a>.</p>`,
      'notes.xhtml': `<section epub:type="endnotes"><ol><li epub:type="endnote" id="n1"><p>The Aller.</p></li></ol></section>`,
    },
    items: `<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>`,
    guide: '<guide><reference type="toc" href="nav.xhtml"/></guide>',
    itemrefs: { 'notes.xhtml': 'linear="no"' },
  })

  test('says what it is called, who wrote it, and in what language', () => {
    expect(book.source).toMatchObject({
      title: 'The Ferry & the Flood',
      authors: ['Mara Voss'],
      language: 'en-GB',
    })
  })

  test('is its pages in order, notes at their marks, without its contents', () => {
    expect(outline(book)).toEqual([
      'heading1: One',
      'paragraph: The rivernote rose all night.2',
      'footnote: The Aller.',
      'footnote: By the mill’s mark.',
      'heading1: Two',
      'quotation1: Cross now, or never.',
      'paragraph: See there.',
    ])
  })

  test('keeps the numbers of its printed pages, from its text and from its list', () => {
    const pages = book.edition.blocks.flatMap(({ marks }) =>
      marks.filter(({ kind }) => kind === 'page-start'),
    )
    const words = pages.map(
      (mark) => `${'label' in mark ? mark.label : ''} ${book.edition.text.slice(mark.start).split(' ')[0]}`,
    )
    expect(words).toEqual(['7 all', '8 now,'])
  })

  test('tells which file, and where in it, a block came from', () => {
    const block = book.edition.blocks.find(({ text }) => text.startsWith('Cross'))
    expect(block?.source?.part).toBe('OEBPS/two.xhtml')
    expect(aPage('').indexOf('<body>')).toBeLessThan(block?.source?.start ?? 0)
  })
})

test('a book of the second version has its page numbers, authors and contents told apart as well', async () => {
  const book = await readBook({
    metadata: `<dc:title>Old</dc:title><dc:creator opf:role="trl" xmlns:opf="x">T</dc:creator><dc:creator opf:role="aut" xmlns:opf="x">W. Riter</dc:creator>`,
    pages: {
      'toc.html': '<p><a href="a.html#c1">1</a></p>',
      'a.html': '<div id="c1"><h2>First</h2><p id="p3">Words.</p></div>',
    },
    items: '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    spine: 'toc="ncx"',
    guide: '<guide><reference type="toc" href="toc.html"/></guide>',
    files: {
      'OEBPS/toc.ncx': `<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "x"><ncx><pageList><pageTarget><navLabel><text>3</text></navLabel><content src="a.html#p3"/></pageTarget></pageList></ncx>`,
    },
  })
  expect(book.source).toMatchObject({ title: 'Old', authors: ['W. Riter'] })
  expect(outline(book)).toEqual(['heading2: First', 'paragraph: Words.'])
  expect(book.edition.blocks[1]?.marks).toMatchObject([{ kind: 'page-start', label: '3' }])
})

test('a chapter that its number leads to is not taken for a note', async () => {
  const book = await readBook({
    pages: {
      'a.html': '<p><a href="b.html#c">1</a></p>',
      'b.html': '<div id="c"><h1>One</h1><p>Text.</p></div>',
    },
  })
  expect(outline(book)).toEqual(['paragraph: 1', 'heading1: One', 'paragraph: Text.'])
})

test('a page that is not well-formed is read all the same', async () => {
  const book = await readBook({ pages: { 'a.html': aPage('<p>One<br>two <b>bold<p><a id="x"/>Three') } })
  expect(outline(book).at(-1)).toBe('paragraph: Three')
})

test('a book is known by its first bytes, whatever it is called', () => {
  const bytes = buildEpub({ pages: { 'a.html': '<p>A</p>' } })
  expect(detectFormat({ bytes, fileName: 'download' })).toBe('epub')
  expect(detectFormat({ bytes, fileName: 'book.zip', contentType: 'application/zip' })).toBe('epub')
  expect(detectFormat({ bytes: new Uint8Array(), contentType: 'application/epub+zip' })).toBe('epub')
})

describe('a hostile book is refused in one line', { timeout: 30_000 }, () => {
  const deep = (depth: number) => `${'<i>'.repeat(depth)}x${'</i>'.repeat(depth)}`
  const encryption = `<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><CipherData><CipherReference URI="OEBPS/a.html"/></CipherData></EncryptedData></encryption>`
  const good = buildEpub({ pages: { 'a.html': '<p>A</p>' } })
  const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`f${n}`, '']))
  const claiming = (claimedSize: number) => buildZip({ 'META-INF/container.xml': bomb }, { claimedSize })
  const bomb = new Uint8Array(140 * 1024 * 1024)

  test.each<[string, () => Uint8Array, RegExp]>([
    ['no archive', () => new TextEncoder().encode('PK\x03\x04 not really'), /damaged or cut off/],
    ['cut off', () => good.slice(0, good.length - 30), /damaged or cut off/],
    ['cut in the middle', () => Uint8Array.from([...good.slice(0, 150), ...good.slice(250)]), /damaged|missing/],
    ['encrypted', () => buildZip({ 'META-INF/container.xml': 'x' }, { isEncrypted: true }), /encrypted/],
    ['pages under copy protection', () => buildEpub({ pages: { 'a.html': 'x' }, files: { 'META-INF/encryption.xml': encryption } }), /copy protection/],
    ['no package', () => buildZip({ 'a.html': '<p>A</p>' }), /no package document/],
    ['no pages', () => buildEpub({ pages: {} }), /no pages/],
    ['names that lead out', () => buildZip({ '../../etc/passwd': 'x' }), /leads out of it/],
    ['too many files', () => buildZip(many), /too many files/],
    ['a page that inflates without end', () => buildEpub({ pages: { 'a.html': 'x' }, files: { 'OEBPS/a.html': bomb } }), /128 MB/],
    ['entities that grow', () => buildEpub({ pages: { 'a.html': `<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>` } }), /entities of its own/],
    ['a million tags in each other', () => buildEpub({ pages: { 'a.html': aPage(deep(1_000_000)) } }), /nested too deeply/],
    ['a million tags in each other, not well-formed', () => buildEpub({ pages: { 'a.html': `<html><body>&<br>${'<div>'.repeat(1_000_000)}` } }), /nested too deeply/],
    ['a part that says it is small', () => claiming(100), /damaged/],
    ['no words', () => buildEpub({ pages: { 'a.html': '<p/>' } }), /No text/],
  ])('%s', async (_name, build, line) => {
    const error = await read(build()).catch((found: unknown) => found)
    expect(error).toBeInstanceOf(AppError)
    expect(String(error)).toMatch(line)
    expect(String(error)).not.toContain('\n')
  }) // biome-ignore format: one table
})

test('an address in a book leads nowhere outside of it', async () => {
  const book = await readBook({
    pages: { 'a.html': '<p><a href="../../../etc/passwd">a</a> <a href="file:///etc/passwd">b</a></p>' },
    items: '<item id="x" href="../../../../etc/passwd" media-type="application/xhtml+xml"/>',
  })
  expect(outline(book)).toEqual(['paragraph: a b'])
})

test('whatever a book holds, every rendered block is its slice of the canonical text', {
  timeout: 30_000,
}, async () => {
  const piece = fc.constantFrom(
    '<p>', '</p>', '<br/>', '<a epub:type="noteref" href="#n">1</a>', '<aside epub:type="footnote" id="n">note</aside>', '<span epub:type="pagebreak" title="4"/>',
    '<table><tr><td>a</td><td>b</td></tr></table>', '<ol><li>x</li></ol>', '<h2>H</h2>', '<em>', '</em>', '&nbsp;', '&#x1D11E;', '👩‍👩‍👧', ' word ', '\n', '<td>', '<pre>\n a</pre>', '<q>',
  ) // biome-ignore format: one list
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(piece, { maxLength: 15 }), { minLength: 1, maxLength: 3 }),
      async (pages) => {
        const files = Object.fromEntries(
          pages.map((page, n) => [`${n}.html`, aPage(`word ${page.join('')}`)]),
        )
        expectRenderedTextToBeCanonical((await readBook({ pages: files })).edition)
      },
    ),
    { numRuns: 100 },
  )
})
