import { describe, expect, it } from 'vitest'
import {
  applyFeedEvent,
  catchUp,
  fromLists,
  putThread,
  type RoomThreads,
} from '#components/client/room-threads.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { ThreadList, ThreadWithReplies } from '#domain/wire/thread.ts'
import { aReply, aThread } from './a-thread.ts'

const list = (change: Partial<ThreadList> = {}): ThreadList => ({
  items: [],
  gone: [],
  next: null,
  seq: 5,
  epoch: 'e',
  edition: { id: 'e1', number: 1 },
  ...change,
})
const room = (...threads: ThreadWithReplies[]) => fromLists([list({ items: threads })])
const told = (seq: number, event: { kind: string; [more: string]: unknown }): FeedEvent =>
  ({ seq, epoch: 'e', ...event }) as FeedEvent
const ids = (value: RoomThreads | null) => [...(value?.threads.keys() ?? [])]

describe('the threads of a room', () => {
  it('take the seq of the first page of a listing', () => {
    const pages = [list({ items: [aThread()], seq: 5 }), list({ items: [aThread({ id: 't2' })], seq: 9 })]
    expect(fromLists(pages).seq).toBe(5)
    expect(ids(fromLists(pages))).toEqual(['t1', 't2'])
  })

  it('grow by what is posted', () => {
    const next = applyFeedEvent(room(), told(6, { kind: 'thread.posted', thread: aThread() }))
    expect(ids(next)).toEqual(['t1'])
    expect(next?.seq).toBe(6)
  })

  it('do not go back to an event that a list already covered', () => {
    const before = room(aThread({ version: 2 }))
    expect(applyFeedEvent(before, told(5, { kind: 'thread.changed', thread: aThread({ version: 1 }) }))).toBe(
      before,
    )
  })

  it('take no notice of gaps in the count', () => {
    expect(applyFeedEvent(room(), told(90, { kind: 'thread.posted', thread: aThread() }))?.seq).toBe(90)
  })

  it.each(['thread.deleted', 'vanish'])('lose a thread by %s', (kind) => {
    expect(ids(applyFeedEvent(room(aThread()), told(6, { kind, threadId: 't1' })))).toEqual([])
  })

  it('count replies as they come, change and go', () => {
    const posted = applyFeedEvent(
      room(aThread()),
      told(6, { kind: 'reply.posted', threadId: 't1', reply: aReply() }),
    )
    expect(posted?.threads.get('t1')?.replyCount).toBe(1)
    const changed = posted
      ? applyFeedEvent(
          posted,
          told(7, { kind: 'reply.changed', threadId: 't1', reply: aReply({ text: 'Better' }) }),
        )
      : null
    expect(changed?.threads.get('t1')?.replies.map((reply) => reply.text)).toEqual(['Better'])
    const gone = changed
      ? applyFeedEvent(changed, told(8, { kind: 'reply.deleted', threadId: 't1', replyId: 'r1' }))
      : null
    expect(gone?.threads.get('t1')?.replyCount).toBe(0)
  })

  it('leave a reply to an unknown thread alone', () => {
    const next = applyFeedEvent(room(), told(6, { kind: 'reply.posted', threadId: 't9', reply: aReply() }))
    expect(ids(next)).toEqual([])
  })

  it('must be fetched again after a reset or when the count began anew', () => {
    expect(applyFeedEvent(room(), told(6, { kind: 'reset' }))).toBeNull()
    expect(applyFeedEvent(room(), { ...told(6, { kind: 'vanish', threadId: 't1' }), epoch: 'f' })).toBeNull()
    expect(catchUp(room(), [list({ epoch: 'f' })])).toBeNull()
  })

  it('catch up with what changed and what is gone', () => {
    const missed = list({ items: [aThread({ id: 't2' })], gone: ['t1'], seq: 8 })
    const next = catchUp(room(aThread()), [missed])
    expect(ids(next)).toEqual(['t2'])
    expect(next?.seq).toBe(8)
  })

  it('show what was written here before the feed tells of it, without moving the count', () => {
    const next = putThread(room(), aThread())
    expect(ids(next)).toEqual(['t1'])
    expect(next.seq).toBe(5)
  })
})
