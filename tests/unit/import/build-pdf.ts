/** PDFs for tests, set line by line. */
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib'

/** A line of type: its text, where its baseline begins from the left and the top of the page, and its size. */
export type Line = readonly [text: string, x: number, y: number, size?: number]

/** A PDF of pages of 400 by 600 points. */
export async function buildPdf(
  pages: readonly (readonly Line[])[],
  info: { readonly title?: string; readonly author?: string } = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  if (info.title !== undefined) document.setTitle(info.title)
  if (info.author !== undefined) document.setAuthor(info.author)
  const font = await document.embedFont(StandardFonts.TimesRoman)
  for (const lines of pages) drawLines(document.addPage([400, 600]), font, lines)
  return document.save()
}

function drawLines(page: PDFPage, font: PDFFont, lines: readonly Line[]): void {
  for (const [text, x, y, size = 10] of lines) page.drawText(text, { x, y: 600 - y, size, font })
}

/** Text broken to lines of at most `width` points, parted by 12 points, the first line of each paragraph set in. */
export async function typeset(
  paragraphs: readonly string[],
  { x, width, indent = 12, size = 10 }: { x: number; width: number; indent?: number; size?: number },
): Promise<[text: string, x: number][]> {
  const font = await (await PDFDocument.create()).embedFont(StandardFonts.TimesRoman)
  return paragraphs.flatMap((paragraph) => {
    const lines: [string, number][] = []
    let line = ''
    const room = () => width - (lines.length === 0 ? indent : 0)
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (font.widthOfTextAtSize(longer, size) <= room()) line = longer
      else {
        lines.push([line, x + (lines.length === 0 ? indent : 0)])
        line = word
      }
    }
    lines.push([line, x + (lines.length === 0 ? indent : 0)])
    return lines
  })
}

/** Lines one below the other from `y` on. */
export function stack(
  lines: readonly (readonly [text: string, x: number])[],
  y: number,
  size?: number,
): Line[] {
  return lines.map(([text, x], index) => [text, x, y + index * 12, size] as const)
}

/** A PDF of one page, written by hand: what stands in its dictionaries and its stream is up to the test. */
export function buildRawPdf(content: Uint8Array, dictionary: string, trailer = ''): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
  ]
  const head = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(`%PDF-1.4\n${head}4 0 obj\n<</Length ${content.length}${dictionary}>>\nstream\n`),
      content,
      Buffer.from(`\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5${trailer}>>\n%%EOF\n`),
    ]),
  )
}
