import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { importSource } from '#server/import/import-source.ts'
import { detectFormat } from '#server/import/importers.ts'
import { expectRenderedTextToBeCanonical } from '../text/rendered-text.ts'
import { aParagraph, aRun, buildDocx, type DocxParts } from './build-docx.ts'
import { buildZip } from './build-zip.ts'
import { outline } from './read-fixture.ts'

const read = (bytes: Uint8Array) => importSource({ bytes, fileName: 'paper.docx' })
const readDocx = (parts: DocxParts) => read(buildDocx(parts))

const level = (n: number, format: string) => `<w:lvl w:ilvl="${n}"><w:numFmt w:val="${format}"/></w:lvl>`
const NUMBERING = `<w:abstractNum w:abstractNumId="0">${level(0, 'decimal')}${level(1, 'bullet')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
const item = (text: string, depth: number) =>
  aParagraph(aRun(text), undefined, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="1"/></w:numPr>`)
const cell = (text: string) => `<w:tc>${aParagraph(aRun(text))}</w:tc>`

describe('a Word document', async () => {
  const paper = await readDocx({
    core: '<dc:title>On Ferries</dc:title><dc:creator>Mara Voss; Tom Hale</dc:creator>',
    styles: ['Title', 'heading 1', 'heading 2', 'Quote'],
    numbering: NUMBERING,
    footnotes: `<w:footnote w:id="1">${aParagraph(aRun(' So the miller says.'))}</w:footnote>`,
    comments: `<w:comment w:id="0" w:author="Ed">${aParagraph(aRun('Really?'))}</w:comment>`,
    body: [
      aParagraph(aRun('On Ferries'), 'Title'),
      aParagraph(aRun('The crossing'), 'heading1'),
      aParagraph(
        `${aRun('The river ')}${aRun('rose', '<w:i/>')}<w:r><w:footnoteReference w:id="1"/></w:r><w:commentRangeStart w:id="0"/>${aRun(' all night')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:ins w:id="3" w:author="Ed">${aRun(' long')}</w:ins><w:del w:id="4"><w:r><w:delText>gone</w:delText></w:r></w:del>${aRun('.')}`,
      ),
      aParagraph(aRun('Cross now.'), 'Quote'),
      aParagraph(aRun('Cross twice.'), 'Quote'),
      item('rope', 0),
      item('of hemp', 1),
      item('oar', 0),
      `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('Day')}${cell('Depth')}</w:tr><w:tr>${cell('1')}${cell('2 m')}</w:tr></w:tbl>`,
      aParagraph(`${aRun('Voss', '<w:smallCaps/>')}${aRun(', below.')}`, 'heading2'),
      aParagraph(`${aRun('One line')}<w:r><w:br/></w:r>${aRun('and its fellow')}`),
    ].join(''),
  })

  test('says what it is called, who wrote it, and in what language', () => {
    expect(paper.source).toMatchObject({
      title: 'On Ferries',
      authors: ['Mara Voss', 'Tom Hale'],
      language: 'de-DE',
    })
  })

  test('is its text by its styles, notes after the paragraph that marks them', () => {
    expect(outline(paper)).toEqual([
      'heading1: On Ferries',
      'heading1: The crossing',
      'paragraph: The river rose[1] all night long.',
      'footnote: So the miller says.',
      'quotation1: Cross now.',
      'quotation1: Cross twice.',
      'list-item1#1: rope',
      'list-item2: of hemp',
      'list-item1#2: oar',
      'table: Day\tDepth\n1\t2 m',
      'heading2: Voss, below.',
      'verse: One line\nand its fellow',
    ])
    expect(paper.edition.blocks[9]?.form).toMatchObject({ headerRows: 1 })
  })

  test('keeps how its words are set', () => {
    const kinds = paper.edition.blocks.flatMap(({ marks }) => marks.map(({ kind }) => kind))
    expect(kinds).toEqual(['emphasis', 'note-reference', 'small-caps'])
  })

  test('says that comments were left out and changes accepted', () => {
    expect(paper.source.notices).toEqual([
      'One comment was left out.',
      'Tracked changes were read as if they had been accepted.',
    ])
  })
})

test('a program that stands as the author is none, and the first heading is the title', async () => {
  const { source } = await readDocx({
    core: '<dc:creator>python-docx</dc:creator>',
    styles: ['heading 1'],
    body: aParagraph(aRun('Dikes'), 'heading1') + aParagraph(aRun('Text.')),
  })
  expect(source).toMatchObject({ title: 'Dikes', authors: [], notices: [] })
})

test('a Word document is known by what is in it, whatever it is called', () => {
  const bytes = buildDocx({ body: aParagraph(aRun('x')) })
  expect(detectFormat({ bytes, fileName: 'paper' })).toBe('docx')
  expect(detectFormat({ bytes, fileName: 'paper.zip' })).toBe('docx')
})

describe('a hostile Word document is refused in one line', { timeout: 30_000 }, () => {
  const good = buildDocx({ body: aParagraph(aRun('x')) })
  const document = (content: string) => buildDocx({ body: '', files: { 'word/document.xml': content } })
  test.each<[string, () => Uint8Array, RegExp]>([
    ['encrypted', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), /encrypted/],
    ['no archive', () => new TextEncoder().encode('word/document.xml'), /damaged or cut off/],
    ['cut off', () => good.slice(0, -40), /damaged or cut off/],
    ['another kind of archive', () => buildZip({ 'a.txt': 'a' }), /not a Word document/],
    ['no text in it', () => buildZip({ '_rels/.rels': '<Relationships/>' }), /damaged/],
    ['a part that inflates without end', () => buildDocx({ body: '', files: { 'word/styles.xml': new Uint8Array(140_000_000) } }), /128 MB/],
    ['entities', () => document('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'), /entities of its own/],
    ['a million tags', () => document('<w:p>'.repeat(1_000_000)), /nested too deeply/],
    ['XML that ends in the middle', () => document('<w:document><w:body><w:p>'), /well-formed/],
    ['XML that is something else', () => document('<html/>'), /damaged|No text/],
    ['no words', () => buildDocx({ body: aParagraph('') }), /No text/],
  ])('%s', async (_name, build, line) => {
    const error = await read(build()).catch((found: unknown) => found)
    expect(error).toBeInstanceOf(AppError)
    expect(String(error)).toMatch(line)
    expect(String(error)).not.toContain('\n')
  }) // biome-ignore format: one table
})

test('pictures outside the document are not fetched, and pictures in it are what they are said to show', async () => {
  const picture = (alt: string) =>
    `<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="${alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r9" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
  const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="image" TargetMode="External" Target="file:///etc/passwd"/></Relationships>`
  const paper = await readDocx({
    body: aParagraph(picture('A ferry at night.')) + aParagraph(aRun('Text.')),
    files: { 'word/_rels/document.xml.rels': rels },
  })
  expect(outline(paper)).toEqual(['image: A ferry at night.', 'paragraph: Text.'])
})

test('whatever a Word document holds, every rendered block is its slice of the canonical text', {
  timeout: 30_000,
}, async () => {
  const piece = fc.constantFrom(
    aRun('word '), aRun('👩‍👩‍👧'), aRun('&lt;b&gt; &amp;amp;'), aRun('a', '<w:b/>'), aRun(' \t '), '<w:r><w:br/></w:r>', '<w:r><w:tab/></w:r>', '<w:r><w:footnoteReference w:id="1"/></w:r>',
    '</w:p><w:p>', `</w:p>${item('item', 1)}<w:p>`, `</w:p><w:tbl><w:tr>${cell('a')}${cell('')}</w:tr></w:tbl><w:p>`, '</w:p><w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr>', aRun('e\u0301 שלום'),
  ) // biome-ignore format: one list
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
      const paper = await readDocx({
        body: `<w:p>${aRun('word')}${pieces.join('')}</w:p>`,
        numbering: NUMBERING,
        styles: ['Quote'],
        footnotes: `<w:footnote w:id="1">${aParagraph(aRun('note'))}</w:footnote>`,
      })
      expectRenderedTextToBeCanonical(paper.edition)
    }),
    { numRuns: 100 },
  )
})
