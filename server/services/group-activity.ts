/** What was written in a group last. */
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { GroupActivity } from '#domain/wire/group.ts'
import { listLatestReplies, listLatestThreads } from '../db/activity.ts'
import { findDocument } from '../db/documents.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { isVisible, toReplyFacts } from './present-thread.ts'
import { getReadableGroup } from './readable-group.ts'

const shownLength = 160

/** The latest threads and replies of a group, the newest first: see `GroupService.activity`. */
export async function listActivity(
  { database: { db }, now }: ServiceContext,
  actor: Actor,
  groupIdOrSlug: string,
  limit: number,
): Promise<GroupActivity[]> {
  const group = await getReadableGroup(db, actor, groupIdOrSlug, now())
  const layers = group.layers.filter(({ facts }) => can(actor, 'layer.read', facts, now()))
  const layerIds = layers.map(({ layer }) => layer.id)
  const [threadIds, replies] = await Promise.all([
    listLatestThreads(db, layerIds, limit),
    listLatestReplies(db, { layerIds, groupId: group.id }, limit),
  ])
  const ids = [...new Set([...threadIds, ...replies.map(({ threadId }) => threadId)])]
  const threads = new Map((await loadThreads(db, ids)).map((thread) => [thread.id, thread]))
  const seen = (id: string) => {
    const thread = threads.get(id)
    return thread?.state === 'posted' && isVisible(thread, { actor, now: now() }) ? thread : null
  }
  const happened = [
    ...threadIds.flatMap((id) => {
      const thread = seen(id)
      if (!thread?.postedAt) return []
      return [
        {
          kind: 'thread' as const,
          thread,
          author: thread.author,
          words: thread.note?.text ?? '',
          at: thread.postedAt,
        },
      ]
    }),
    ...replies.flatMap(({ id, threadId }) => {
      const thread = seen(threadId)
      const reply = thread?.replies.find((each) => each.id === id)
      if (!thread || !reply || reply.deletedAt) return []
      if (!can(actor, 'reply.read', toReplyFacts(thread, reply), now())) return []
      return [
        { kind: 'reply' as const, thread, author: reply.author, words: reply.text, at: reply.createdAt },
      ]
    }),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
  const documents = await readDocuments(happened.map(({ thread }) => thread))
  return happened.flatMap(({ kind, thread, author, words, at }) => {
    const document = documents.get(thread.documentId)
    const layer = layers.find((each) => each.layer.id === thread.layerId)?.layer
    if (!document || !layer) return []
    return {
      kind,
      threadId: thread.id,
      document,
      layer: { id: layer.id, name: layer.name },
      author,
      text: words.slice(0, shownLength).replace(/[\uD800-\uDBFF]$/, ''),
      at: at.toISOString(),
    }
  })

  /** Those of the threads' documents that the actor may read, by id. */
  async function readDocuments(of: readonly ThreadRecord[]): Promise<Map<string, GroupActivity['document']>> {
    const found = await Promise.all(
      [...new Set(of.map(({ documentId }) => documentId))].map((id) => findDocument(db, id)),
    )
    return new Map(
      found.flatMap((stored) => {
        if (!stored || !can(actor, 'document.read', stored.facts, now())) return []
        const { id, slug, title } = stored.document
        return [[id, { id, slug, title }]]
      }),
    )
  }
}
