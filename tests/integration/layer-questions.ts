/** What the table of rights asks about a layer, put as requests to the REST API. */
import type { Person } from '#domain/policy/actor.ts'
import type { Ground } from '#tests/factories/layers-of-every-kind.ts'
import type { TestRequest } from '#tests/factories/test-api.ts'

export interface Asked extends TestRequest {
  readonly path: string
}

/** Somebody who asks, with the private layer that is theirs; null for whoever has not signed in. */
export type Asker = { readonly person: Person; readonly privateLayerId: string } | null

/** A question of the table: the route that it is put to, and what one must read to be told more than that. */
interface Question {
  readonly route: string
  readonly reads: string
  /** What whoever may is answered; 200 stands for every success. */
  readonly granted?: number
  readonly ask: (ground: Ground, asker: Asker) => Asked
}

const get = (path: string): Asked => ({ path })
const post = (path: string, json: unknown): Asked => ({ path, method: 'POST', json })
const patch = (path: string, json: unknown): Asked => ({ path, method: 'PATCH', json })
const remove = (path: string): Asked => ({ path, method: 'DELETE' })
const toOwnLayer = (threadId: string, asker: Asker) => ({
  threadIds: [threadId],
  layerId: asker?.privateLayerId ?? 'none',
})

/**
 * By the names of the table. Asked in this order of one thread: what one question changes leaves the answers to those
 * after it as they are.
 */
export const layerQuestions: Readonly<Record<string, Question>> = {
  'layer.read': {
    route: 'GET /layers/{id}',
    reads: 'layer.read',
    ask: ({ layerId }) => get(`/layers/${layerId}`),
  },
  'layer.write': {
    route: 'POST /threads',
    reads: 'layer.read',
    ask: ({ documentId, layerId }) => post('/threads', { documentId, layerId, kind: 'note' }),
  },
  'layer.change': {
    route: 'PATCH /layers/{id}',
    reads: 'layer.read',
    ask: ({ layerId }) => patch(`/layers/${layerId}`, { coWriting: false }),
  },
  'layer.reveal': {
    route: 'POST /layers/{id}/reveal',
    reads: 'layer.read',
    ask: ({ layerId }) => post(`/layers/${layerId}/reveal`, {}),
  },
  'thread.read': {
    route: 'GET /threads/{id}',
    reads: 'thread.read',
    ask: ({ threadId }) => get(`/threads/${threadId}`),
  },
  'thread.read draft': {
    route: 'GET /threads/{id}',
    reads: 'thread.read draft',
    ask: ({ draftId }) => get(`/threads/${draftId}`),
  },
  "thread.change another's": {
    route: 'PATCH /threads/{id}',
    reads: 'thread.read',
    ask: ({ threadId }) => patch(`/threads/${threadId}`, { coWritten: false }),
  },
  "thread.organize another's": {
    route: 'POST /threads/{id}/status',
    reads: 'thread.read',
    ask: ({ threadId }) => post(`/threads/${threadId}/status`, { status: 'resolved' }),
  },
  "thread.move another's to one's own": {
    route: 'POST /threads/move',
    reads: 'thread.read',
    ask: ({ threadId }, asker) => post('/threads/move', toOwnLayer(threadId, asker)),
  },
  "thread.copy to one's own": {
    route: 'POST /threads/move',
    reads: 'thread.read',
    ask: ({ threadId }, asker) => post('/threads/move', { ...toOwnLayer(threadId, asker), copy: true }),
  },
  'thread.flag': {
    route: 'POST /threads/{id}/flags',
    reads: 'thread.read',
    ask: ({ threadId }) => post(`/threads/${threadId}/flags`, { reason: 'look' }),
  },
  'thread.reply': {
    route: 'POST /threads/{id}/replies',
    reads: 'thread.read',
    ask: ({ threadId, groupId }) =>
      post(`/threads/${threadId}/replies`, { body: 'Indeed.', ...(groupId && { groupId }) }),
  },
  'note.write co-written': {
    route: 'POST /threads/{id}/versions/{v}/restore',
    reads: 'thread.read',
    // There is no such version: that is told to who may write, 403 to who may only read.
    granted: 404,
    ask: ({ threadId }) => post(`/threads/${threadId}/versions/7/restore`, {}),
  },
  'reply.read': {
    route: 'GET /replies/{id}/history',
    reads: 'reply.read',
    ask: ({ replyId }) => get(`/replies/${replyId}/history`),
  },
  "reply.change another's": {
    route: 'PATCH /replies/{id}',
    reads: 'reply.read',
    ask: ({ replyId }) => patch(`/replies/${replyId}`, { body: 'Mine.' }),
  },
  "reply.delete another's": {
    route: 'DELETE /replies/{id}',
    reads: 'reply.read',
    ask: ({ replyId }) => remove(`/replies/${replyId}`),
  },
  'reply.moderate': {
    route: 'POST /replies/{id}/moderation',
    reads: 'reply.read',
    ask: ({ replyId }) => post(`/replies/${replyId}/moderation`, { hidden: false, reason: 'fine' }),
  },
  'stance.read': {
    route: 'GET /disputes/{id}',
    reads: 'thread.read',
    ask: ({ disputeId }) => get(`/disputes/${disputeId}`),
  },
  "dispute.raise another's": {
    route: 'POST /threads/{id}/dispute',
    reads: 'thread.read',
    ask: ({ threadId }) => post(`/threads/${threadId}/dispute`, { question: 'Is it so?' }),
  },
  'dispute.take-part': {
    route: 'POST /disputes/{id}/positions',
    reads: 'thread.read',
    ask: ({ disputeId }) => post(`/disputes/${disputeId}/positions`, { statement: 'Perhaps.' }),
  },
  'stance.take': {
    route: 'PUT /disputes/{id}/stance',
    reads: 'thread.read',
    ask: ({ disputeId }) => ({
      path: `/disputes/${disputeId}/stance`,
      method: 'PUT',
      json: { positions: [], reason: 'I cannot say.' },
    }),
  },
  "dispute.arbitrate another's": {
    route: 'POST /disputes/{id}/status',
    reads: 'thread.read',
    // It lacks a reason: that is told to who may end it.
    granted: 422,
    ask: ({ disputeId }) => post(`/disputes/${disputeId}/status`, { status: 'set-aside' }),
  },
  "position.change another's": {
    route: 'PATCH /disputes/{id}/positions/{positionId}',
    reads: 'thread.read',
    ask: ({ disputeId, positionId }) =>
      patch(`/disputes/${disputeId}/positions/${positionId}`, { statement: 'It is, a little.' }),
  },
  "evidence.change another's": {
    route: 'PATCH /disputes/{id}/evidence/{evidenceId}',
    reads: 'thread.read',
    ask: ({ disputeId, evidenceId }) =>
      patch(`/disputes/${disputeId}/evidence/${evidenceId}`, { side: 'against' }),
  },
  'thread.moderate': {
    route: 'POST /threads/{id}/moderation',
    reads: 'thread.read',
    ask: ({ threadId }) => post(`/threads/${threadId}/moderation`, { locked: true }),
  },
}
