import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { importSource } from '#server/import/import-source.ts'
import { detectFormat } from '#server/import/importers.ts'
import { expectRenderedTextToBeCanonical } from '../text/rendered-text.ts'
import { outline } from './read-fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const tei = (body: string, header = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>${header}</teiHeader><text>${body}</text></TEI>`
const read = (body: string, header = '') =>
  importSource({ bytes: bytes(tei(body, header)), fileName: 'a.tei' })

const HEADER = `<fileDesc><titleStmt><title type="sub">A Play</title><title type="main">The Ferryman</title>
<author><persName>Mara Voss</persName> (1801-1850)</author></titleStmt></fileDesc>
<profileDesc><langUsage><language ident="de" usage="10"/><language ident="en" usage="90"/></langUsage></profileDesc>`

const PLAY = `<front><titlePage><docTitle><titlePart>THE FERRYMAN</titlePart></docTitle></titlePage></front>
<body><div type="act"><head>Act I</head><div type="scene"><head>Scene 1</head>
<stage>A river. <hi rend="bold">Night.</hi></stage>
<sp who="#f"><speaker>Ferryman.</speaker>
  <l n="1">The river rose, the river fell,<note n="a" place="foot"><p>So the quarto.</p></note></l>
  <l n="2">and what it <hi rend="italic">took</hi></l><pb n="12"/>
  <l n="3">no man can tell.</l></sp>
<sp><speaker>Widow.</speaker><p>Row on, I pay<lb n="5"/>the fare, be it ever so con-<lb break="no"/>siderable;
   the well-<lb/>known fare.<fw>THE FERRYMAN</fw><pb n="13"/> Row <choice><sic>onn</sic><corr>on</corr></choice>.</p></sp>
</div></div></body>`

describe('a play', async () => {
  const play = await read(PLAY, HEADER)

  test('says what it is called, who wrote it, and in what language', () => {
    expect(play.source).toMatchObject({ title: 'The Ferryman', authors: ['Mara Voss'], language: 'en' })
  })

  test('is its divisions, speakers, verse and prose, without running heads', () => {
    expect(outline(play)).toEqual([
      'paragraph: THE FERRYMAN',
      'heading1: Act I',
      'heading2: Scene 1',
      'paragraph: A river. Night.',
      'speaker: Ferryman.',
      'verse: The river rose, the river fell,a\nand what it took\nno man can tell.',
      'footnote: So the quarto.',
      'speaker: Widow.',
      'paragraph: Row on, I pay the fare, be it ever so considerable; the well-known fare. Row on.',
    ])
  })

  test('keeps its numbers of lines and pages at the words that begin them', () => {
    const starts = play.edition.blocks.flatMap(({ marks }) =>
      marks.flatMap((mark) =>
        mark.kind === 'line-start' || mark.kind === 'page-start'
          ? [`${mark.kind} ${mark.label}: ${/\S+/.exec(play.edition.text.slice(mark.start))}`]
          : [],
      ),
    )
    expect(starts).toEqual([
      'line-start 1: The', 'line-start 2: and', 'page-start 12: no', 'line-start 3: no', 'line-start 5: the', 'page-start 13: Row',
    ]) // biome-ignore format: one list
  })

  test('shows the numbers beside the text, never in it', () => {
    const html = renderBlocks(play.edition.blocks)
    expect(html).toContain('<span class="page-start" id="page-13" data-page="13">R</span>')
    expect(html).toContain('<span class="line-start fifth" data-line="5">t</span>')
    expectRenderedTextToBeCanonical(play.edition)
  })

  test('tells where in the file a block came from', () => {
    const block = play.edition.blocks.find(({ text }) => text.startsWith('Row on'))
    const from = tei(PLAY, HEADER).slice(block?.source?.start, block?.source?.end)
    expect(from).toMatch(/^Row on, I pay[\s\S]*\.$/)
  })
})

test('quotations stand for themselves or in their line, notes at the end are found from their marks', async () => {
  const essay =
    await read(`<body><p>He says <q>no</q> and <title level="m">The Dike</title>:<ref target="#n1">1</ref>
    <quote><p>Cross now.</p><quote><l>Cross <foreign>jetzt</foreign></l><l>or never</l></quote></quote> and goes on.</p>
    <cit><quote>Water is wet.</quote> <bibl>Voss, p. 3</bibl></cit></body>
    <back><div><head>Notes</head><note xml:id="n1">In the second letter.</note></div></back>`)
  expect(outline(essay)).toEqual([
    'paragraph: He says no and The Dike:1',
    'footnote: In the second letter.',
    'quotation1: Cross now.',
    'verse2: Cross jetzt\nor never',
    'paragraph: and goes on.',
    'quotation1: Water is wet.',
    'paragraph: Voss, p. 3',
    'heading1: Notes',
  ])
  expect(essay.edition.blocks[0]?.marks.map(({ kind }) => kind)).toEqual([
    'quotation',
    'emphasis',
    'note-reference',
  ])
})

test('poems keep their stanzas and titles, lists their numbers, tables their cells', async () => {
  const { edition, ...rest } =
    await read(`<body><lg type="poem"><head>Flood</head><lg><l>a</l><l>b</l></lg><lg><l>c</l></lg></lg>
    <list type="ordered"><head>Things</head><item n="3"><p>rope</p><p>of hemp</p></item><item>oar<list><item>short</item></list></item></list>
    <list type="gloss"><label>Dike</label><item>a wall</item></list>
    <table><row role="label"><cell>Day</cell><cell>Depth</cell></row><row><cell>1</cell><cell>2 m</cell></row></table>
    <figure><graphic url="x.png"/><head>Fig. 1</head><figDesc>A ferry.</figDesc></figure></body>`)
  expect(outline({ edition, ...rest })).toEqual([
    'heading1: Flood',
    'verse: a\nb',
    'verse: c',
    'paragraph: Things',
    'list-item1#3: rope',
    'list-item1#3: of hemp',
    'list-item1#4: oar',
    'list-item2: short',
    'list-item1: Dike a wall',
    'table: Day\tDepth\n1\t2 m',
    'image: Fig. 1 A ferry.',
  ])
  expect(edition.blocks[5]?.form).toMatchObject({ continued: true })
  expect(edition.blocks[9]?.form).toMatchObject({ headerRows: 1 })
})

test('verse without stanzas is cut into parts that can be cited', async () => {
  const lines = Array.from({ length: 130 }, (_, n) => `<l n="${n + 1}">line ${n + 1}</l>`).join('\n')
  const { edition } = await read(`<body>${lines}</body>`)
  expect(edition.blocks.map(({ text }) => text.split('\n').length)).toEqual([60, 60, 10])
})

test('a TEI file is known by its root, other XML is refused', async () => {
  expect(detectFormat({ bytes: bytes(tei('')), fileName: 'hamlet.xml', contentType: 'text/xml' })).toBe('tei')
  expect(detectFormat({ bytes: bytes(tei('')) })).toBe('tei')
  expect(() => detectFormat({ bytes: bytes('<svg/>'), fileName: 'a.xml' })).toThrow('cannot be brought in')
  await expect(importSource({ bytes: bytes('<svg/>'), format: 'tei' })).rejects.toThrow('not a TEI document')
})

describe('a hostile TEI file is refused in one line', { timeout: 30_000 }, () => {
  const laughs = `<!DOCTYPE TEI [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>${tei('<body>&b;</body>').replace(/^<\?.*\n/, '')}`
  test.each<[string, string, RegExp]>([
    ['entities that grow', laughs, /entities of its own/],
    ['a file from outside', '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI>&x;</TEI>', /entities of its own/],
    ['a million tags in each other', tei('<div>'.repeat(1_000_000)), /nested too deeply/],
    ['a million tags in a row, none with words', tei('<p/>'.repeat(1_000_000)), /No text/],
    ['cut off', tei(PLAY).slice(0, 700), /well-formed XML \(line \d+\)/],
    ['no text', tei('<body/>'), /No text/],
  ])('%s', async (_name, text, line) => {
    const error = await importSource({ bytes: bytes(text), format: 'tei' }).catch((found: unknown) => found)
    expect(error).toBeInstanceOf(AppError)
    expect(String(error)).toMatch(line)
    expect(String(error)).not.toContain('\n')
  }) // biome-ignore format: one table
})

test('whatever a TEI file holds, every rendered block is its slice of the canonical text, and no word is lost', {
  timeout: 30_000,
}, async () => {
  const names = [
    'div',
    'p',
    'head',
    'l',
    'lg',
    'sp',
    'speaker',
    'q',
    'quote',
    'cit',
    'list',
    'item',
    'note',
    'hi',
    'stage',
    'figure',
    'app',
    'ref',
    'emph',
  ]
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.constantFrom('word ', 'wórd', '👩‍👩‍👧', ' ', '\n', 'well-', '&amp;', '<lb/>', '<pb n="4"/>', '<lb break="no" n="3"/>', '<ptr target="#n"/>', '<gap/>'),
      fc
        .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { maxLength: 4 }))
        .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
    ),
  })) // biome-ignore format: one grammar
  const letters = (text: string) => text.match(/w[oó]rd|well/g)?.length ?? 0
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { maxLength: 6 }), async (parts) => {
      const body = `<body><p>word</p>${parts.join('')}</body>`
      const { edition } = await read(body)
      expectRenderedTextToBeCanonical(edition)
      const isRead = !/<(?:app|figure|list)>/.test(body)
      if (isRead) expect(letters(edition.text)).toBeGreaterThanOrEqual(letters(body.replace(/<[^>]*>/g, '|')))
    }),
    { numRuns: 200 },
  )
})
