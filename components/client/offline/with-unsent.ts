import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { putReply, putThread, type RoomThreads } from '../room-threads.ts'
import { toUnsentReply, toUnsentThread, type UnsentEntry } from './unsent-entry.ts'
import type { Unsent } from './unsent-store.ts'

/** A margin room as far as it matters where something unsent stands. */
export interface RoomOfUnsent {
  readonly layerId: string
  readonly groupId: string | null
}

/**
 * The threads of a room as their reader sees them: what the server told, and in it what they wrote themselves and is not
 * sent yet. What the server knows by now is shown as it tells it.
 */
export function withUnsent(
  known: RoomThreads,
  unsent: Unsent,
  room: RoomOfUnsent,
  reading: { readonly documentId: string; readonly author: ThreadWithReplies['author'] },
): RoomThreads {
  const entered = unsent.entries.reduce((threads, entry) => enter(threads, entry, room, reading), known)
  return unsent.notes.reduce((threads, { noteId, json, text }) => {
    const thread = threads.threads.get(noteId)
    const note = { text, json: { ...json, content: [...json.content] } }
    return thread?.note ? putThread(threads, { ...thread, note }) : threads
  }, entered)
}

function enter(
  threads: RoomThreads,
  entry: UnsentEntry,
  room: RoomOfUnsent,
  { documentId, author }: Parameters<typeof withUnsent>[3],
): RoomThreads {
  if (entry.kind === 'thread') {
    const belongs = entry.where.documentId === documentId && entry.thread.layerId === room.layerId
    return belongs && !threads.threads.has(entry.id)
      ? putThread(threads, toUnsentThread(entry, author))
      : threads
  }
  const replies = threads.threads.get(entry.threadId)?.replies ?? []
  if (entry.kind === 'reply') {
    const isHere =
      (entry.reply.groupId ?? null) === room.groupId && replies.every(({ id }) => id !== entry.id)
    return isHere ? putReply(threads, entry.threadId, toUnsentReply(entry, author)) : threads
  }
  const edited = entry.kind === 'reply-edit' ? replies.find(({ id }) => id === entry.replyId) : undefined
  if (!edited || entry.kind !== 'reply-edit') return threads
  const body = { ...entry.body, content: [...entry.body.content] }
  return putReply(threads, entry.threadId, { ...edited, body, text: entry.text })
}
