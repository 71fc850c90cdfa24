import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildEdition } from '#domain/text/build-edition.ts'
import type { InlineMark, SourceBlock } from '#domain/text/edition-text.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { sourceBlock } from './arbitrary-blocks.ts'
import { expectRenderedTextToBeCanonical, findElements, parseHtml, textContent } from './rendered-text.ts'

const block = (form: SourceBlock['form'], text: string, marks: readonly InlineMark[] = []): SourceBlock => ({
  form,
  text,
  marks,
  source: null,
})
const paragraph = (text: string, marks: readonly InlineMark[] = []) =>
  block({ kind: 'paragraph' }, text, marks)
const render = (...blocks: SourceBlock[]) => renderBlocks(buildEdition(blocks).blocks)

describe('rendered blocks', () => {
  test('are their slice of the canonical text, whatever the text and its marks', () => {
    fc.assert(
      fc.property(fc.array(sourceBlock, { maxLength: 8 }), (sources) =>
        expectRenderedTextToBeCanonical(buildEdition(sources)),
      ),
      { numRuns: 500 },
    )
  })

  test('hold no element or attribute that the source smuggled in', () => {
    const allowed = new Set(
      'div a p span h2 h3 h4 h5 h6 blockquote ul ol li pre code figure figcaption table thead tbody tr th td em strong sup sub s u q'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(sourceBlock, { maxLength: 6 }), (sources) => {
        for (const element of findElements(
          parseHtml(renderBlocks(buildEdition(sources).blocks)),
          () => true,
        )) {
          expect(allowed.has(element.tagName)).toBe(true)
          expect(Object.keys(element.properties).filter((name) => name.startsWith('on'))).toEqual([])
          expect(String(element.properties.href ?? '#')).toMatch(/^(#|https?:|mailto:)/i)
        }
      }),
    )
  })

  test('share no id with another run on the page that has a prefix of its own', () => {
    const blocks = buildEdition([
      paragraph('Lock [1]', [{ kind: 'note-reference', start: 5, end: 8, label: '1' }]),
      block({ kind: 'footnote', label: '1' }, 'A gate.'),
    ]).blocks
    const html = renderBlocks(blocks) + renderBlocks(blocks, { idPrefix: 'earlier-' })
    const ids = findElements(parseHtml(html), ({ properties }) => properties.id !== undefined).map(
      ({ properties }) => properties.id,
    )
    expect(new Set(ids).size).toBe(ids.length)
    for (const { properties } of findElements(parseHtml(html), ({ tagName }) => tagName === 'a'))
      expect(ids).toContain(String(properties.href).slice(1))
  })

  test('mark the words that only one of two editions has', () => {
    expect(render(paragraph('not new', [{ kind: 'added', start: 4, end: 7 }]))).toContain(
      'not <ins>new</ins>',
    )
    expect(render(paragraph('not old', [{ kind: 'removed', start: 4, end: 7 }]))).toContain('<del>old</del>')
  })

  test('give each id once', () => {
    fc.assert(
      fc.property(fc.array(sourceBlock, { maxLength: 8 }), (sources) => {
        const tree = parseHtml(renderBlocks(buildEdition(sources).blocks))
        const ids = findElements(tree, ({ properties }) => properties.id !== undefined).map(
          (e) => e.properties.id,
        )
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  test.each([
    ['javascript:alert(1)'],
    ['java\nscript:alert(1)'],
    [' \u0001javascript:alert(1)'],
    ['data:text/html,x'],
    ['vbscript:x'],
  ])('never link %j', (href) => {
    expect(render(paragraph('click', [{ kind: 'link', start: 0, end: 5, href }]))).not.toMatch(
      /script:|data:text/,
    )
  })

  test('send readers to other sites without a referrer', () => {
    const html = render(
      paragraph('there', [{ kind: 'link', start: 0, end: 5, href: 'https://example.org/' }]),
    )
    expect(html).toContain('<a href="https://example.org/" rel="nofollow noopener noreferrer">there</a>')
  })

  test('name, but do not link, what was relative to the place the source came from', () => {
    const html = render(paragraph('there', [{ kind: 'link', start: 0, end: 5, href: 'append45.html#a' }]))
    expect(html).toContain('<span class="link-elsewhere" title="append45.html#a">there</span>')
  })

  test('nest marks that overlap', () => {
    const html = render(
      paragraph('abcdef', [
        { kind: 'emphasis', start: 0, end: 4 },
        { kind: 'strong', start: 2, end: 6 },
      ]),
    )
    expect(html).toContain('<em>ab<strong>cd</strong></em><strong>ef</strong>')
  })

  test('group list items, keep their numbers and nest them', () => {
    const item = (depth: number, ordinal: number | null, text: string, continued = false) =>
      block({ kind: 'list-item', depth, ordinal, continued }, text)
    const tree = parseHtml(
      render(
        item(1, 3, 'c'),
        item(2, null, 'x'),
        item(2, null, 'y'),
        item(1, 4, 'd'),
        item(1, 4, 'd2', true),
        item(1, 9, 'i'),
      ),
    )
    const [list] = findElements(tree, (e) => e.tagName === 'ol')
    expect(list?.properties.start).toBe(3)
    const items = list?.children.filter((child) => child.type === 'element') ?? []
    expect(items.map((child) => [child.tagName, child.properties.value])).toEqual([
      ['li', undefined],
      ['li', undefined],
      ['li', '9'],
    ])
    expect(findElements(items[0] ?? tree, (e) => e.tagName === 'li')).toHaveLength(3)
    expect(
      findElements(items[1] ?? tree, (e) => e.properties.dataBlock !== undefined).map(textContent),
    ).toEqual(['d', 'd2'])
  })

  test('put quotations inside quotations', () => {
    const quotation = (depth: number, text: string) => block({ kind: 'quotation', depth }, text)
    const tree = parseHtml(render(quotation(1, 'a'), quotation(2, 'b'), quotation(1, 'c'), paragraph('d')))
    const outer = tree.children.find((child) => child.type === 'element' && child.tagName === 'blockquote')
    expect(outer && findElements(outer, (e) => e.tagName === 'blockquote')).toHaveLength(2)
    expect(outer && findElements(outer, (e) => e.tagName === 'p').map(textContent)).toEqual(['a', 'b', 'c'])
  })

  test('lead from a mark to its footnote and back', () => {
    const html = render(
      paragraph('word1', [{ kind: 'note-reference', label: '1', start: 4, end: 5 }]),
      block({ kind: 'footnote', label: '1' }, 'The note.'),
    )
    expect(html).toContain('<a id="ref-1" href="#note-1"')
    expect(html).toContain('id="note-1"')
    expect(html).toContain('href="#ref-1"')
  })

  test('say at a footnote what its mark says, unless its own words begin with that', () => {
    const marked = paragraph('word*', [{ kind: 'note-reference', label: 'fn1', start: 4, end: 5 }])
    const note = (text: string) => render(marked, block({ kind: 'footnote', label: 'fn1' }, text))
    expect(note('The note.')).toContain('data-label="*"')
    expect(note('* The note.')).not.toContain('data-label')
  })

  test('give header rows to a table, and its separators to its cells', () => {
    const tree = parseHtml(render(block({ kind: 'table', headerRows: 1 }, 'a\tb\n1\t2')))
    expect(findElements(tree, (e) => e.tagName === 'th').map(textContent)).toEqual(['a\t', 'b\n'])
    expect(findElements(tree, (e) => e.tagName === 'td').map(textContent)).toEqual(['1\t', '2'])
  })

  test('keep the page’s first heading for the title, and number all but headings', () => {
    const html = render(block({ kind: 'heading', level: 1 }, 'One'), paragraph('text'))
    expect(html).toContain('<h2 class="block heading level-1" id="h0"')
    expect(html).toContain('<p class="block paragraph" id="p1"')
    expect(html).toContain('<a class="para-number" href="#p1"')
  })
})
