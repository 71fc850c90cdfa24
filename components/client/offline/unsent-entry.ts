/** What was written without a connection and waits to be sent, apart from words in notes that exist: those are Yjs's. */
import { emptyNote, type NoteJson } from '#domain/note/note-json.ts'
import type { NewReply, NewThread, Reply, ThreadWithReplies } from '#domain/wire/thread.ts'

/** Where something was written, so that its author finds the place again. */
export interface WrittenAt {
  readonly documentId: string
  readonly slug: string
  readonly title: string
  /** The group in whose room it was written; null for one's private layer, left out where it is not known. */
  readonly group?: { readonly id: string; readonly name: string } | null
}

/** A call that waits. Its `id` is that of the thing it makes or changes, so that it may be sent any number of times. */
export type UnsentEntry = {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly writtenAt: number
  readonly where: WrittenAt
} & (
  | { readonly kind: 'thread'; readonly thread: NewThread & { readonly id: string } }
  /** A draft that was posted: sent once its words are. What it said is not told of what earlier pages kept. */
  | { readonly kind: 'post'; readonly threadId: string; readonly text?: string }
  | { readonly kind: 'reply'; readonly threadId: string; readonly reply: NewReply; readonly text: string }
  | {
      readonly kind: 'reply-edit'
      readonly threadId: string
      readonly replyId: string
      readonly body: NoteJson
      readonly text: string
      /** That of the reply as it was when the edit began. */
      readonly version: number
    }
)

/** Words that the server would not take, offered back to their author. */
export interface ReturnedWords {
  readonly id: string
  readonly returnedAt: number
  readonly where: WrittenAt | null
  /** A sentence for people. */
  readonly reason: string
  readonly text: string
}

type Author = ThreadWithReplies['author']

/** A thread that the server does not know yet, as its author sees it. */
export function toUnsentThread(
  entry: Extract<UnsentEntry, { kind: 'thread' }>,
  author: Author,
): ThreadWithReplies {
  const { thread, where, writtenAt } = entry
  const at = new Date(writtenAt).toISOString()
  const isDraft = thread.draft ?? false
  return {
    id: thread.id,
    documentId: where.documentId,
    layerId: thread.layerId,
    kind: thread.kind,
    state: isDraft ? 'draft' : 'posted',
    status: 'open',
    hidden: false,
    hiddenReason: null,
    locked: false,
    pinned: false,
    author,
    coWritten: thread.coWritten ?? false,
    tags: [...(thread.tags ?? [])],
    passages: (thread.passages ?? []).flatMap((passage, index) =>
      'start' in passage
        ? [
            {
              id: `${thread.id}-${index}`,
              documentId: where.documentId,
              editionId: passage.editionId ?? '',
              exact: passage.exact ?? '',
              prefix: '',
              suffix: '',
              start: passage.start,
              end: passage.end,
              anchor: { state: 'exact', confidence: 1 },
            },
          ]
        : [],
    ),
    note: { text: '', json: { ...emptyNote, content: [...emptyNote.content] } },
    provenance: null,
    replyCount: 0,
    dispute: null,
    lastStatusChange: null,
    createdAt: at,
    updatedAt: at,
    postedAt: isDraft ? null : at,
    version: 0,
    may: {
      write: true,
      change: false,
      organize: false,
      reply: false,
      raise: false,
      take: false,
      flag: false,
      moderate: false,
    },
    replies: [],
    statusHistory: [],
  }
}

/** A reply that the server does not know yet, as its author sees it. */
export function toUnsentReply(entry: Extract<UnsentEntry, { kind: 'reply' }>, author: Author): Reply {
  const { id, reply, text, writtenAt } = entry
  return {
    id,
    groupId: reply.groupId ?? null,
    author,
    body: typeof reply.body === 'string' ? null : reply.body,
    text,
    version: 0,
    createdAt: new Date(writtenAt).toISOString(),
    editedAt: null,
    deletedAt: null,
    hidden: false,
    hiddenReason: null,
  }
}

/** What the person wrote in it, in words; empty for a thread, whose words are in its note. */
export const wordsOf = (entry: UnsentEntry): string => (entry.kind === 'thread' ? '' : (entry.text ?? ''))
