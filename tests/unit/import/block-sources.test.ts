import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from '#domain/text/edition-text.ts'
import { importSource } from '#server/import/import-source.ts'
import { aParagraph, aRun, buildDocx } from './build-docx.ts'
import { buildPdf, stack } from './build-pdf.ts'

/** Words that no format takes for a sign of its own. */
const words = fc
  .array(fc.stringMatching(/^[a-zé]{2,9}$/u), { minLength: 4, maxLength: 12 })
  .map((list) => `${list.join(' ')}.`)

/** A text of paragraphs as each format writes it. */
const formats = {
  txt: (paragraphs: readonly string[]) => paragraphs.join('\r\n\r\n'),
  md: (paragraphs: readonly string[]) =>
    paragraphs
      .map((text, n) => (n % 2 === 0 ? text : `> ${text.replace(' ', ' **').replace('.', '**.')}`))
      .join('\r\n\r\n'),
  html: (paragraphs: readonly string[]) =>
    `<!doctype html><title>T</title><article>${paragraphs.map((text) => `<p>${text.replace(' ', ' <em>').replace('.', '</em>.')}</p>`).join('\n')}</article>`,
  tei: (paragraphs: readonly string[]) =>
    `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>${paragraphs.map((text) => `<p>${text.replace(' ', ' <hi rend="italic">').replace('.', '</hi>.')}</p>`).join('\n')}</body></text></TEI>`,
} as const

describe('a block knows where in the original it came from', () => {
  test.each(Object.entries(formats))('%s: its words, and no others, stand there', async (format, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), async (paragraphs) => {
        const original = write(paragraphs)
        const { edition } = await importSource({
          bytes: new TextEncoder().encode(original),
          format: format as keyof typeof formats,
        })
        expect(edition.blocks.map((block) => toWords(sliceOf(original, block)))).toEqual(
          edition.blocks.map(({ text }) => toWords(text)),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('docx: in the part that holds its words, the same words each at their own place', async () => {
    const body = [
      aParagraph(`${aRun('The river ')}${aRun('rose', '<w:i/>')}<w:r><w:footnoteReference w:id="1"/></w:r>`),
      aParagraph(aRun('Cross now.')),
      `<w:tbl><w:tr><w:tc>${aParagraph(aRun('Day'))}</w:tc><w:tc>${aParagraph(aRun('Depth'))}</w:tc></w:tr></w:tbl>`,
      aParagraph(aRun('Cross now.')),
    ]
    const note = aParagraph(aRun('So the miller says.'))
    const footnotes = `<w:footnote w:id="1">${note}</w:footnote>`
    const { edition } = await importSource({
      bytes: buildDocx({ body: body.join(''), footnotes }),
      format: 'docx',
    })
    const [river, noted, now, table, again] = edition.blocks.map(({ source }) => source)
    expect([river, now, table, again].map((source) => source?.part)).toEqual(
      Array(4).fill('word/document.xml'),
    )
    expect(noted?.part).toBe('word/footnotes.xml')
    expect([river, noted, now, table, again].map((source) => source && source.end - source.start)).toEqual(
      [body[0], note, body[1], body[2], body[3]].map((xml) => xml?.length),
    )
    expect(again?.start).toBeGreaterThanOrEqual(table?.end ?? Number.POSITIVE_INFINITY)
  })

  test('pdf: on its page, after the lines before it', async () => {
    const first = ['  The river rose in the night.', 'It took the lower meadow first.']
    const second = ['Nobody had thought of the cattle.']
    const page = (lines: readonly string[]) =>
      stack(
        lines.map((line) => [line, 50]),
        60,
      )
    const { edition } = await importSource({
      bytes: await buildPdf([page(first), page(second)]),
      format: 'pdf',
      repairs: [],
    })
    for (const { text, source } of edition.blocks) {
      const lines = source?.part === 'page 1' ? first : second
      const onPage = lines.map((line) => line.trim()).join('\n')
      expect(toWords(onPage.slice(source?.start, source?.end))).toBe(toWords(text))
    }
    expect(edition.blocks.map(({ source }) => source?.part)).toContain('page 2')
  })
})

function sliceOf(original: string, { source }: Block): string {
  if (!source) throw new Error('this block has no source')
  return original.slice(source.start, source.end)
}

/** Without what sets the words: tags, stars, signs of quotation, and white space. */
const toWords = (text: string) => text.replace(/<[^>]*>|[*>\s]/gu, '')
