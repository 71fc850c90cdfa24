import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import { listPostedThreadIds } from '../db/blind-layers.ts'
import { findDocument } from '../db/documents.ts'
import { loadThreads } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { LayerReadings } from './contracts/layers.ts'
import { isVisible } from './present-thread.ts'
import { getReadableLayer, showLayer } from './show-layer.ts'

/** The documents that a layer says something about to this actor: see `LayerService.readings`. */
export async function listLayerReadings(
  { database: { db }, now }: ServiceContext,
  actor: Actor,
  layerId: string,
): Promise<LayerReadings> {
  const stored = await getReadableLayer(db, actor, layerId, now())
  const threads = await loadThreads(db, await listPostedThreadIds(db, { layerId }), { replyGroupIds: [] })
  const counts = new Map<string, number>()
  for (const thread of threads) {
    if (!isVisible(thread, { actor, now: now() })) continue
    counts.set(thread.documentId, (counts.get(thread.documentId) ?? 0) + 1)
  }
  const documents: LayerReadings['documents'][number][] = []
  for (const [documentId, notes] of counts) {
    const found = await findDocument(db, documentId)
    if (!found || !can(actor, 'document.read', found.facts, now())) continue
    const { id, slug, title } = found.document
    documents.push({ id, slug, title, notes })
  }
  return {
    layer: showLayer(actor, stored),
    documents: documents.sort((a, b) => a.title.localeCompare(b.title)),
  }
}
