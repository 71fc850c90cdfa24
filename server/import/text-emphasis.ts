import type { SourceMark } from '#domain/text/edition-text.ts'
import type { InlineText } from './inline-writer.ts'

/** `_words_`, `*words*` and `**words**`: the sign stands at a word's outer edge, and comes again at the inner end of the last one. */
const EMPHASIS = /(?<![\p{L}\p{N}*_\\/])(\*\*|[*_])(?![\s*_])([^*_\n]{1,2000})(?<!\s)\1(?![\p{L}\p{N}*_])/gu

/** Takes the signs that stand for italics in plain text out of it and marks the words; the marks it has move along. */
export function readEmphasis({ text, marks: known }: InlineText): InlineText {
  if (!/[*_]/.test(text)) return { text, marks: known }
  const marks: SourceMark[] = []
  const signs: { readonly at: number; readonly length: number }[] = []
  let removed = 0
  const plain = text.replace(EMPHASIS, (whole, sign: string, words: string, at: number) => {
    const start = at - removed
    marks.push({ kind: sign === '**' ? 'strong' : 'emphasis', start, end: start + words.length })
    signs.push({ at, length: sign.length }, { at: at + whole.length - sign.length, length: sign.length })
    removed += 2 * sign.length
    return words
  })
  const move = (offset: number) =>
    signs.reduce((moved, { at, length }) => moved - Math.min(length, Math.max(0, offset - at)), offset)
  for (const mark of known) marks.push({ ...mark, start: move(mark.start), end: move(mark.end) })
  return { text: plain, marks }
}
