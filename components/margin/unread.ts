import type { ThreadWithReplies } from '#domain/wire/thread.ts'

/** Who reads, since when what others write is new to them, and what they opened in this visit. */
export interface ReadingState {
  readonly meId: string | null
  readonly since: string
  readonly seen: ReadonlySet<string>
}

/** Whether the thread, or a reply in it, is new to this reader. One's own words never are. */
export function isUnread(thread: ThreadWithReplies, { meId, since, seen }: ReadingState): boolean {
  if (meId === null || seen.has(thread.id)) return false
  const isNew = (authorId: string, instant: string | null) =>
    authorId !== meId && instant !== null && Date.parse(instant) > Date.parse(since)
  return (
    isNew(thread.author.id, thread.postedAt) ||
    thread.replies.some((reply) => reply.deletedAt === null && isNew(reply.author.id, reply.createdAt))
  )
}
