/** What the reader asks of the REST API: threads, replies, finds and visits. */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type {
  Moderation,
  NewReply,
  NewThread,
  Reply,
  ReplyModeration,
  ThreadChange,
  ThreadList,
  ThreadStatus,
  ThreadWithReplies,
} from '#domain/wire/thread.ts'
import { type ApiCall, callApi } from './api.ts'

/** Which threads of a document: those of one room, in a range of its edition, or those changed since `since`. */
export interface ThreadListQuery {
  readonly layer: string
  /** Left out for a private layer. */
  readonly group?: string
  readonly edition?: string
  readonly start?: number
  readonly end?: number
  readonly since?: number
  readonly cursor?: string
}

/** One page of a document's threads. */
export const listThreads = (documentId: string, query: ThreadListQuery, signal?: AbortSignal) =>
  callApi<ThreadList>('GET', `/documents/${documentId}/threads`, { query: { ...query, limit: 200 }, signal })

export const getThread = (threadId: string) => callApi<ThreadWithReplies>('GET', `/threads/${threadId}`)

export const createThread = (thread: NewThread) =>
  callApi<ThreadWithReplies>('POST', '/threads', { body: thread })

export const changeThread = (threadId: string, change: ThreadChange, version?: number) =>
  callApi<ThreadWithReplies>('PATCH', `/threads/${threadId}`, { body: change, version })

export const deleteThread = (threadId: string, call: Pick<ApiCall, 'keepalive'> = {}) =>
  callApi<null>('DELETE', `/threads/${threadId}`, call)

export const restoreThread = (threadId: string) =>
  callApi<ThreadWithReplies>('POST', `/threads/${threadId}/restore`)

/** Releases drafts together. */
export const postThreads = async (ids: readonly string[]) =>
  (await callApi<{ items: ThreadWithReplies[] }>('POST', '/threads/post', { body: { threadIds: ids } })).items

/** Moves threads to another layer, or copies their opening notes there. */
export const moveThreads = async (threadIds: readonly string[], layerId: string, copy: boolean) =>
  (
    await callApi<{ items: ThreadWithReplies[] }>('POST', '/threads/move', {
      body: { threadIds, layerId, copy },
    })
  ).items

/** Hides a thread for a reason or shows it again, locks it or unlocks it. */
export const moderateThread = (threadId: string, deed: Partial<Moderation>) =>
  callApi<ThreadWithReplies>('POST', `/threads/${threadId}/moderation`, { body: deed })

/** Hides a reply for a reason, or shows it again. */
export const moderateReply = (replyId: string, deed: ReplyModeration) =>
  callApi<Reply>('POST', `/replies/${replyId}/moderation`, { body: deed })

/** Asks the instructors to look at a thread, or at one of its replies. */
export const flagThread = (threadId: string, reason: string) =>
  callApi<null>('POST', `/threads/${threadId}/flags`, { body: { reason } })

export const setThreadStatus = (threadId: string, status: ThreadStatus, reason: string) =>
  callApi<ThreadWithReplies>('POST', `/threads/${threadId}/status`, { body: { status, reason } })

export const createReply = (threadId: string, reply: NewReply) =>
  callApi<Reply>('POST', `/threads/${threadId}/replies`, { body: reply })

export const changeReply = (replyId: string, body: NoteJson, version: number) =>
  callApi<Reply>('PATCH', `/replies/${replyId}`, { body: { body }, version })

export const deleteReply = (replyId: string) => callApi<null>('DELETE', `/replies/${replyId}`)

export const restoreReply = (replyId: string) => callApi<Reply>('POST', `/replies/${replyId}/restore`)

/** An earlier state of a margin note. */
export interface NoteVersion {
  readonly number: number
  readonly text: string
  readonly authors: readonly PersonRef[]
  readonly createdAt: string
}

export const noteVersions = async (threadId: string) =>
  (await callApi<{ items: NoteVersion[] }>('GET', `/threads/${threadId}/versions`)).items

/** Makes the note say again what it said in that version. */
export const restoreNoteVersion = (threadId: string, number: number) =>
  callApi<ThreadWithReplies>('POST', `/threads/${threadId}/versions/${number}/restore`)

/** An earlier wording of a reply. */
export interface ReplyVersion {
  readonly text: string
  readonly body: NoteJson
  readonly writtenAt: string
}

export const replyHistory = async (replyId: string) =>
  (await callApi<{ items: ReplyVersion[] }>('GET', `/replies/${replyId}/history`)).items

/** A place where searched words stand. */
export interface FoundWords {
  readonly start: number
  readonly end: number
  readonly section: number
  readonly paragraph: number | null
  readonly before: string
  readonly match: string
  readonly after: string
}

/** Where words stand in a document: in edition `edition`, or with null in the current one. */
export const findWords = (documentId: string, words: string, edition: number | null) =>
  callApi<{ total: number; finds: FoundWords[] }>('GET', `/documents/${documentId}/find`, {
    query: { q: words, edition: edition ?? undefined },
  })

/** Remembers where the person reads, so that the reader opens there. */
export const saveVisit = (documentId: string, position: number) =>
  callApi<null>('PUT', `/documents/${documentId}/visit`, { body: { position }, keepalive: true })
