import type { EditionText } from './edition-text.ts'

/** One line of a table of contents. */
export interface ContentsEntry {
  readonly title: string
  /** How deep the entry stands, from 1, without gaps: a heading below another is one deeper, whatever its level. */
  readonly depth: number
  /** Index of the heading's block; its element has the id `h<block>`. */
  readonly block: number
  /** Number of the section that holds it. */
  readonly section: number
  /** Where the heading begins in the canonical text. */
  readonly start: number
}

/** The headings of an edition in order, each with its depth and where to find it. */
export function toContents({ blocks, sections }: Pick<EditionText, 'blocks' | 'sections'>): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  const above: number[] = []
  let section = 0
  for (const block of blocks) {
    while (section + 1 < sections.length && block.index >= (sections[section]?.endBlock ?? 0)) section += 1
    if (block.form.kind !== 'heading') continue
    const { level } = block.form
    while ((above.at(-1) ?? 0) >= level) above.pop()
    above.push(level)
    entries.push({
      title: block.text.replace(/\s+/g, ' ').trim(),
      depth: above.length,
      block: block.index,
      section: sections[section]?.number ?? 1,
      start: block.start,
    })
  }
  return entries
}
