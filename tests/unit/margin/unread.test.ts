import { describe, expect, it } from 'vitest'
import { isUnread } from '#components/margin/unread.ts'
import { aReply, aThread } from '../client/a-thread.ts'

const since = '2026-03-01T12:00:00.000Z'
const me = { meId: 'cy', since, seen: new Set<string>() }
const later = '2026-03-01T12:00:00.001Z'

describe('isUnread', () => {
  it('is what others posted since the last visit', () => {
    expect(isUnread(aThread({ postedAt: later }), me)).toBe(true)
    expect(isUnread(aThread({ postedAt: since }), me)).toBe(false)
  })

  it('is an older thread with a new reply of somebody else', () => {
    expect(isUnread(aThread({ replies: [aReply({ createdAt: later })] }), me)).toBe(true)
    expect(isUnread(aThread({ replies: [aReply({ createdAt: later, deletedAt: later })] }), me)).toBe(false)
  })

  it('is never what I wrote myself, nor a draft', () => {
    expect(isUnread(aThread({ postedAt: later }), { ...me, meId: 'anna' })).toBe(false)
    expect(isUnread(aThread({ replies: [aReply({ createdAt: later })] }), { ...me, meId: 'bo' })).toBe(false)
    expect(isUnread(aThread({ postedAt: null, state: 'draft' }), me)).toBe(false)
  })

  it('ends when the thread is opened, and is nothing for a reader without a sign-in', () => {
    expect(isUnread(aThread({ postedAt: later }), { ...me, seen: new Set(['t1']) })).toBe(false)
    expect(isUnread(aThread({ postedAt: later }), { ...me, meId: null })).toBe(false)
  })
})
