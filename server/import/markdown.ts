import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { SourceDocument } from '#domain/text/edition-text.ts'
import { toRepairSwitches } from '#domain/text/repairs.ts'
import { decodeText, refuseEndlessLines } from './decode-text.ts'
import { toAuthors, toLanguage, toTitle } from './describe-source.ts'
import { readFrontMatter } from './front-matter.ts'
import type { Importer } from './importer.ts'
import { LineJoiner } from './join-lines.ts'
import { unifyLineEnds } from './line-ends.ts'
import { toMarkdownBlocks } from './markdown-blocks.ts'
import { mendEmphasis } from './mend-emphasis.ts'

/** Reads CommonMark with GitHub's tables, footnotes and strikethrough; HTML inside it is reduced to text and marks. */
export const markdownImporter: Importer = {
  format: 'md',
  read(bytes, { switches = toRepairSwitches() }): SourceDocument {
    const { text, toOriginal } = unifyLineEnds(decodeText(bytes))
    refuseEndlessLines(text)
    const front = readFrontMatter(text)
    // Spaces instead of the front matter keep every offset where it is in the file.
    const body = text.slice(0, front.end).replace(/[^\n]/g, ' ') + mendEmphasis(text.slice(front.end))
    const tree = unified().use(remarkParse).use(remarkGfm).parse(body)
    const joiner = new LineJoiner(text, { switches })
    const blocks = toOriginal(toMarkdownBlocks(tree, joiner))
    const [first] = blocks
    const heading = first?.form.kind === 'heading' && first.form.level <= 2 ? first.text : null
    return {
      title: toTitle(front.title ?? heading),
      authors: front.authors.flatMap(toAuthors),
      language: toLanguage(front.language),
      blocks,
      linesJoined: joiner.linesJoined,
    }
  },
}
