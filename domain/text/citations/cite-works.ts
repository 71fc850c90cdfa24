import type { Block, CitedWork, EditionText, InlineMark } from '../edition-text.ts'
import { findCitations } from './find-citations.ts'
import { resolveCitations } from './resolve-citations.ts'

/**
 * Marks the citations of an edition and lists the works they name, in the order in which they are first cited. Neither
 * text nor ranges change. A citation whose work is not certain is marked with no work.
 */
export function citeWorks(edition: EditionText): {
  readonly edition: EditionText
  readonly works: readonly CitedWork[]
} {
  const { works, citations } = resolveCitations(edition.text, findCitations(edition.text, edition.blocks))
  if (citations.length === 0) return { edition, works }
  const marks = citations.map((citation): InlineMark => ({ kind: 'citation', ...citation }))
  return { edition: { ...edition, blocks: addMarks(edition.blocks, marks) }, works }
}

/** Both are in order, so one walk over the blocks finds the place of each mark. */
function addMarks(blocks: readonly Block[], marks: readonly InlineMark[]): Block[] {
  let next = 0
  return blocks.map((block) => {
    const own: InlineMark[] = []
    for (let mark = marks[next]; mark && mark.start < block.end; mark = marks[next]) {
      own.push(mark)
      next += 1
    }
    if (own.length === 0) return block
    return { ...block, marks: [...block.marks, ...own].sort((a, b) => a.start - b.start || b.end - a.end) }
  })
}
