import type { Person } from '#domain/policy/actor.ts'
import type { FeedEventKind } from '#domain/wire/feed.ts'
import type { ThreadRecord } from '../db/threads.ts'
import { type HeardHappening, type Recorder, roomsOf } from './record-event.ts'

interface RecordOptions {
  /** Rooms of these documents hear of it too. */
  readonly alsoIn?: readonly { readonly documentId: string }[]
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** What happened to a thread, with the rooms of its layer that hear of it. */
export function happeningTo(
  thread: ThreadRecord,
  kind: FeedEventKind,
  actor: Person,
  { alsoIn = [], data = {} }: RecordOptions = {},
): HeardHappening {
  const { id: threadId, documentId, layerId } = thread
  const rooms = roomsOf({ ...thread, passages: [...thread.passages, ...alsoIn] })
  return { happening: { kind, actorId: actor.userId, documentId, layerId, threadId, data }, rooms }
}

/** Records what happened to a thread; of a draft nothing is recorded, since nobody may know of it. */
export async function recordThread(
  record: Recorder['record'],
  kind: FeedEventKind,
  actor: Person,
  thread: ThreadRecord,
  options: RecordOptions = {},
): Promise<void> {
  if (thread.state === 'draft') return
  const { happening, rooms } = happeningTo(thread, kind, actor, options)
  await record(happening, rooms)
}
