import type { ReadingRoom } from '#components/client/reading-room.ts'
import { kindWords } from '#components/margin/kind-words.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { blockAt } from './block-spans.ts'
import type { ReaderData } from './reader-data.ts'
import type { PageBlock } from './text-ranges.ts'

/** What is said aloud of an event: somebody else's note or reply that arrived. Null for all that need not interrupt. */
export function announceArrival(
  event: FeedEvent,
  at: {
    readonly meId: string | null
    readonly blocks: readonly PageBlock[]
    readonly room: ReadingRoom
    readonly data: ReaderData
  },
): string | null {
  if (event.kind === 'thread.posted' && event.thread.author.id !== at.meId) {
    const { thread } = event
    return `New ${kindWords[thread.kind].one} by ${thread.author.name}${placeOf(thread, at)}`
  }
  if (event.kind === 'reply.posted' && event.reply.author.id !== at.meId) {
    const threads = [...at.room.store.get().rooms.values()].flatMap(
      (room) => room.threads.get(event.threadId) ?? [],
    )
    const [thread] = threads
    return `New reply by ${event.reply.author.name}${thread ? placeOf(thread, at) : ''}`
  }
  return null
}

function placeOf(
  thread: ThreadWithReplies,
  { blocks, data }: { readonly blocks: readonly PageBlock[]; readonly data: ReaderData },
): string {
  const passage = thread.passages.find((one) => !('hidden' in one) && one.documentId === data.document.id)
  if (!passage || 'hidden' in passage) return ''
  if (passage.start < data.section.start || passage.start >= data.section.end) return ' in another section'
  const number = blockAt(blocks, passage.start)?.number ?? null
  return number === null ? '' : ` on paragraph ${number}`
}
