import type { Reply, ThreadWithReplies } from '#domain/wire/thread.ts'

/** A posted note on the first words of document `d1`, as the API answers it; `change` says what is different. */
export function aThread(
  change: Partial<ThreadWithReplies> & { range?: [number, number] } = {},
): ThreadWithReplies {
  const { range = [0, 5], ...rest } = change
  return {
    id: 't1',
    documentId: 'd1',
    layerId: 'l1',
    kind: 'note',
    state: 'posted',
    status: 'open',
    hidden: false,
    hiddenReason: null,
    locked: false,
    pinned: false,
    author: { id: 'anna', name: 'Anna' },
    coWritten: false,
    tags: [],
    passages: [
      {
        id: 'p1',
        documentId: 'd1',
        editionId: 'e1',
        exact: 'words',
        prefix: '',
        suffix: '',
        start: range[0],
        end: range[1],
        anchor: { state: 'exact', confidence: 1 },
      },
    ],
    note: { text: 'A note', json: { type: 'doc', content: [] } },
    provenance: null,
    replyCount: 0,
    dispute: null,
    lastStatusChange: null,
    createdAt: '2026-03-01T10:00:00.000Z',
    updatedAt: '2026-03-01T10:00:00.000Z',
    postedAt: '2026-03-01T10:00:00.000Z',
    version: 1,
    may: {
      write: false,
      change: false,
      organize: false,
      reply: true,
      raise: false,
      take: false,
      flag: true,
      moderate: false,
    },
    replies: [],
    statusHistory: [],
    ...rest,
  }
}

/** A reply by Bo. */
export function aReply(change: Partial<Reply> = {}): Reply {
  return {
    id: 'r1',
    groupId: 'g1',
    author: { id: 'bo', name: 'Bo' },
    body: { type: 'doc', content: [] },
    text: 'An answer',
    version: 1,
    createdAt: '2026-03-02T10:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    hidden: false,
    hiddenReason: null,
    ...change,
  }
}
