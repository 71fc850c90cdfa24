import type { Person } from '#domain/policy/actor.ts'
import type { FeedEventKind } from '#domain/wire/feed.ts'
import type { ThreadRecord } from '../db/threads.ts'
import { type Recorder, roomsOf } from './record-event.ts'

/** Records what happened to a reply: in the rooms of its group alone. */
export async function recordReply(
  record: Recorder['record'],
  kind: FeedEventKind,
  actor: Person,
  thread: ThreadRecord,
  { id, groupId }: { id: string; groupId: string | null },
  data: Readonly<Record<string, string | number | boolean>> = {},
): Promise<void> {
  const { documentId, layerId, id: threadId } = thread
  await record(
    { kind, actorId: actor.userId, documentId, layerId, threadId, replyId: id, groupId, data },
    roomsOf(thread, groupId),
  )
}
