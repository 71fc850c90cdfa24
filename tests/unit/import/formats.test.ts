import { describe, expect, test } from 'vitest'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { detectFormat } from '#server/import/importers.ts'
import { importFixture, importText, outline } from './read-fixture.ts'

describe('a saved web page', async () => {
  const page = await importFixture('saved-page.html')
  const lines = outline(page)

  test('says who wrote it', () => {
    expect(page.source).toMatchObject({
      title: 'On Mending Nets',
      authors: ['Ines Costa', 'Tom Hale'],
      language: 'en-GB',
    })
  })

  test('is its article, in order, without the furniture', () => {
    expect(lines).toEqual([
      'heading1: On Mending Nets',
      'paragraph: by Ines Costa',
      'paragraph: A net is mended from the hole outward.1 Click and read more.',
      'footnote: So says every fisher.',
      'paragraph: Text that stands directly in the article',
      'paragraph: and its second part.',
      'heading2: Tools & Twine',
      'quotation1: He who mends, lives.',
      'quotation2: And who lives, mends.',
      'list-item1#3: Needle',
      'list-item2: of wood',
      'list-item2: of bone',
      'list-item1#4: Twine',
      'list-item1#4: Well waxed.',
      'table: Mesh\tFish\n20\u00A0mm\tsprat\nnone\t',
      'code:   over\n  under',
      'image: A net, half mended.',
      'verse: The tide comes in,\nthe tide goes out,\nthe net remains.',
      'paragraph: الشبكة تُصلَح من الثقب إلى الخارج.',
    ])
  })

  test('brings nothing that runs', () => {
    expect(renderBlocks(page.edition.blocks)).not.toMatch(/script|onerror|onclick|<img|<svg|<style/i)
  })
})

test('a page without an article is found by where its prose is, layout tables included', async () => {
  const prose = 'A long paragraph about a walk in the hills, with no links in it at all. '.repeat(4)
  const html = `<title>x</title><div><div><a href=/>Home</a> <a href=/b>Other</a></div><table><tr><td><a href=1>one</a></td><td><p>${prose}<p>${prose}</td></tr></table></div>`
  expect(outline(await importText(html, { format: 'html' }))).toEqual([
    `paragraph: ${prose.trim()}`,
    `paragraph: ${prose.trim()}`,
  ])
})

test('paragraphs in the cells of a table are its words', async () => {
  const html =
    '<p>Before.</p><table><tr><td><p>a <b>b</b></p></td><td><p>c</p></td></tr><tr><td>d</td><td>e<p>f</p></td></tr></table>'
  const table = await importText(html, { format: 'html' })
  expect(outline(table)).toEqual(['paragraph: Before.', 'table: a b\tc\nd\te f'])
  expect(table.edition.blocks[1]?.marks).toMatchObject([{ kind: 'strong', start: 10, end: 11 }])
})

test('Markdown keeps its structure and drops what its HTML would do', async () => {
  const imported = await importFixture('mixed.md')
  expect(imported.source).toMatchObject({
    title: 'Notes on Tides',
    authors: ['Ada Brown', 'Bo Lind'],
    language: 'en',
  })
  const lines = outline(imported)
  expect(lines[1]).toBe('verse: Hard wrapped lines with a well-known notea and raw html\nbroken. bold both')
  expect(lines.slice(2, 12)).toEqual([
    'footnote: The note goes on.',
    'quotation1: quote one goes on',
    'quotation2: nested',
    'quotation1: second',
    'list-item1#1: one',
    'list-item1#1: more of one',
    'list-item1#2: two',
    'list-item2: deep',
    'list-item3: deeper',
    'table: a\tb\nx\ty | z',
  ])
  expect(lines).toContain('paragraph: block html')
  expect(imported.edition.text).not.toMatch(/alert|bad\(/)
})

test('emphasis that a converter left with a space inside is emphasis', async () => {
  const { edition } = await importText(
    'called _ "small," _ and\n\n> _ "Big\nwords. _\n\n    for _ in x, _ :',
    {
      format: 'md',
    },
  )
  expect(edition.blocks.map(({ text }) => text)).toEqual([
    'called "small," and',
    '"Big words.',
    'for _ in x, _ :',
  ])
})

describe('a format', () => {
  const detect = (text: string, fileName?: string, contentType?: string) =>
    detectFormat({ bytes: new TextEncoder().encode(text), fileName, contentType })

  test.each([
    ['a.md', 'plain', 'md'],
    ['a.htm', 'plain', 'html'],
    ['a.txt', 'plain', 'txt'],
    ['a.txt', '# Title\n\nSome **bold** and **more** and [a link](x.html).', 'md'],
    ['a.txt', '# a comment\n\nand plain text', 'txt'],
    ['a.txt', '<!DOCTYPE html><p>x', 'html'],
    [undefined, '<html><p>x', 'html'],
  ])('of %j with %j is %s', (name, text, format) => {
    expect(detect(text, name)).toBe(format)
  })

  test('comes from the content type when the name says nothing', () => {
    expect(detect('x', 'upload', 'text/html; charset=utf-8')).toBe('html')
  })

  test('that cannot be brought in is refused by its name', () => {
    expect(() => detect('x', 'book.odt')).toThrow(expect.objectContaining({ code: 'unsupported-format' }))
  })
})
