import type { Block, InlineMark } from '#domain/text/edition-text.ts'
import { toDocumentLink } from '#domain/text/link-target.ts'
import { resolveInArchive } from '../resolve-in-archive.ts'
import type { CollectedFile } from './collection.ts'

/**
 * The files with the links between them made links between their documents: to a file, or to the paragraph at the place
 * in it that they name. Links to what is not in the collection stay as they are.
 */
export function linkFiles(files: readonly CollectedFile[]): CollectedFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return files.map((file) => {
    const toHref = (href: string) => findTarget(file.path, href, byPath) ?? href
    const { edition } = file.imported
    const blocks = edition.blocks.map((block) => relink(block, toHref))
    return { ...file, imported: { ...file.imported, edition: { ...edition, blocks } } }
  })
}

function relink(block: Block, toHref: (href: string) => string): Block {
  if (!block.marks.some(({ kind }) => kind === 'link')) return block
  const marks = block.marks.map(
    (mark): InlineMark => (mark.kind === 'link' ? { ...mark, href: toHref(mark.href) } : mark),
  )
  return { ...block, marks }
}

function findTarget(base: string, href: string, byPath: ReadonlyMap<string, CollectedFile>): string | null {
  const resolved = resolveInArchive(base, href)
  if (resolved === null) return null
  const [path = '', anchor] = resolved.split('#', 2)
  const target = byPath.get(path.replace(/\?.*$/, ''))
  if (!target) return null
  return toDocumentLink(target.documentId, anchor === undefined ? null : findParagraph(target, anchor))
}

/** The paragraph at an anchor, or the first one after it where a heading has it; null where there is no such place. */
function findParagraph({ imported }: CollectedFile, anchor: string): number | null {
  const { anchors, blocks } = imported.edition
  const index = anchors.get(anchor)
  if (index === undefined) return null
  return blocks.slice(index).find(({ number }) => number !== null)?.number ?? null
}
