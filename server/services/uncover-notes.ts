/**
 * What becomes visible in a blind layer, as events of its rooms: to one person once they have posted enough of their
 * own, or to everybody when an instructor reveals it.
 */
import type { Person } from '#domain/policy/actor.ts'
import { moderatesLayer } from '#domain/policy/conditions.ts'
import type { LayerFacts } from '#domain/policy/subjects.ts'
import { countPostedNotes, insertSight, listPostedThreadIds } from '../db/blind-layers.ts'
import type { Tx } from '../db/database.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import { type HeardHappening, roomsOf } from './record-event.ts'

/** Where somebody has just posted. */
export interface PostedAt {
  readonly layerId: string
  readonly layer: LayerFacts
  readonly documentId: string
}

/**
 * The others' threads that somebody sees from now on, because of what was posted in this transaction; what they have
 * reached is kept. Nothing for those who moderate, who see everything anyway.
 */
export async function uncoverByPosting(
  tx: Tx,
  person: Person,
  posted: readonly PostedAt[],
  at: Date,
): Promise<HeardHappening[]> {
  const places = new Map(posted.map((each) => [`${each.layerId} ${each.documentId}`, each]))
  const uncovered: HeardHappening[] = []
  for (const place of places.values()) uncovered.push(...(await uncoverIn(tx, person, place, at)))
  return uncovered
}

async function uncoverIn(
  tx: Tx,
  person: Person,
  { layerId, layer, documentId }: PostedAt,
  at: Date,
): Promise<HeardHappening[]> {
  if (layer.blind === null || !('untilOwnNotes' in layer.blind) || moderatesLayer(person, layer)) return []
  const place = { layerId, documentId, userId: person.userId }
  if ((await countPostedNotes(tx, place)) < layer.blind.untilOwnNotes) return []
  if (!(await insertSight(tx, { ...place, at }))) return []
  const threads = await loadThreads(tx, await listPostedThreadIds(tx, { layerId, documentId }))
  return threads
    .filter((thread) => thread.author.id !== person.userId)
    .map((thread) => appearance(thread, { actorId: null, recipientId: person.userId }))
}

/** All threads of a layer, for everybody in its rooms. */
export async function uncoverForAll(tx: Tx, layerId: string, actorId: string): Promise<HeardHappening[]> {
  const threads = await loadThreads(tx, await listPostedThreadIds(tx, { layerId }))
  return threads.map((thread) => appearance(thread, { actorId, recipientId: null }))
}

function appearance(
  thread: ThreadRecord,
  who: { readonly actorId: string | null; readonly recipientId: string | null },
): HeardHappening {
  const { id: threadId, documentId, layerId } = thread
  return { happening: { kind: 'appear', ...who, documentId, layerId, threadId }, rooms: roomsOf(thread) }
}
