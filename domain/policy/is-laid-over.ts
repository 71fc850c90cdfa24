import type { DocumentFacts, LayerFacts } from './subjects.ts'

/**
 * Whether the layer lies over the document, so that threads may be written there. A private layer lies over
 * everything its person may read. A group's layer lies over the group's reading list, and over documents that every
 * signed-in person may open: nobody in the group would find words there that they cannot see the ground of.
 */
export function isLaidOver(layer: LayerFacts, document: DocumentFacts): boolean {
  return (
    layer.kind === 'private' ||
    document.visibility !== 'group' ||
    layer.groupIds.some((groupId) => document.groupIds.includes(groupId))
  )
}
