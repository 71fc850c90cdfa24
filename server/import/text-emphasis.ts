import type { InlineMark } from '#domain/text/edition-text.ts'
import type { InlineText } from './inline-writer.ts'

/** `_words_`, `*words*` and `**words**`: the sign stands at a word's outer edge, and comes again at the inner end of the last one. */
const EMPHASIS = /(?<![\p{L}\p{N}*_\\/])(\*\*|[*_])(?![\s*_])([^*_\n]{1,2000})(?<!\s)\1(?![\p{L}\p{N}*_])/gu

/** Takes the signs that stand for italics in plain text out of it and marks the words. */
export function readEmphasis(text: string): InlineText {
  if (!/[*_]/.test(text)) return { text, marks: [] }
  const marks: InlineMark[] = []
  let removed = 0
  const plain = text.replace(EMPHASIS, (_whole, sign: string, words: string, at: number) => {
    const start = at - removed
    marks.push({ kind: sign === '**' ? 'strong' : 'emphasis', start, end: start + words.length })
    removed += 2 * sign.length
    return words
  })
  return { text: plain, marks }
}
