import { describe, expect, test } from 'vitest'
import { buildEdition } from '#domain/text/build-edition.ts'
import { citeWorks } from '#domain/text/citations/cite-works.ts'
import type { SourceBlock } from '#domain/text/edition-text.ts'
import { toDocumentLink, toLinkTarget } from '#domain/text/link-target.ts'
import { citationId, pageId, renderBlocks, workId } from '#domain/text/render-blocks.ts'

const paragraph = (text: string, page?: string): SourceBlock => ({
  form: { kind: 'paragraph' },
  text,
  marks: page === undefined ? [] : [{ kind: 'page-start', label: page, start: 0, end: 1 }],
  source: null,
})

describe('a citation', () => {
  const { edition } = citeWorks(
    buildEdition([paragraph('So [Cliff, Lenin, p. 1], and [X, Op. Cit., p. 2].')]),
  )

  test('leads to its work, and can be led to; one that is not certain leads nowhere', () => {
    const html = renderBlocks(edition.blocks, { hasWorks: true })
    expect(html).toContain(
      `<a class="citation" id="${citationId(4)}" href="#${workId(1)}" role="doc-biblioref">Cliff, Lenin, p. 1</a>`,
    )
    expect(html).toContain('<span class="citation">X, Op. Cit., p. 2</span>')
  })

  test('leads nowhere on a page without a list of works', () => {
    expect(renderBlocks(edition.blocks)).not.toContain('href="#work-')
  })
})

describe('a printed page', () => {
  test('can be led to by its number', () => {
    const { blocks } = buildEdition([paragraph('Here it begins.', 'xii')])
    expect(renderBlocks(blocks)).toContain(`id="${pageId('xii')}" data-page="xii"`)
  })

  test('goes on in the next section, which knows it', () => {
    const long = 'word '.repeat(9_000)
    const { sections } = buildEdition([
      paragraph(long),
      paragraph(long, '7'),
      paragraph(long),
      paragraph(long),
    ])
    expect(sections.map(({ page }) => page)).toEqual([undefined, undefined, '7', '7'])
  })
})

describe('a link to another document', () => {
  const id = '6b0d2c1e-7f33-4a58-9d55-0123456789ab'

  test.each([
    [toDocumentLink(id, null), `/read/${id}`],
    [toDocumentLink(id, 12), `/read/${id}?p=12`],
  ])('%s is followed here', (href, expected) => {
    expect(toLinkTarget(href)).toEqual({ kind: 'document', href: expected })
  })

  test.each([`/read/${id}/../../api`, '/read/other', `/read/${id}?p=1&x=2`, `/read/${id}#x`])(
    '%s is none',
    (href) => {
      expect(toLinkTarget(href).kind).toBe('elsewhere')
    },
  )
})
