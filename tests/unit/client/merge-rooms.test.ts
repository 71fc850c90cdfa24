import { describe, expect, it } from 'vitest'
import { isSamePlaced, mergeRooms } from '#components/client/merge-rooms.ts'
import { putThread, type RoomThreads, unknownRoom } from '#components/client/room-threads.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { aReply, aThread } from './a-thread.ts'

const room = (...threads: ThreadWithReplies[]): RoomThreads => threads.reduce(putThread, unknownRoom)
const order = (...threads: ThreadWithReplies[]) =>
  mergeRooms(new Map([['a', room(...threads)]]), 'd1').map(({ thread }) => thread.id)

describe('mergeRooms', () => {
  it('puts threads in the order of the text, the wider passage first, then the older', () => {
    expect(
      order(
        aThread({ id: 'later', range: [9, 12] }),
        aThread({ id: 'narrow', range: [3, 5] }),
        aThread({ id: 'young', range: [3, 8], createdAt: '2026-03-02T10:00:00.000Z' }),
        aThread({ id: 'old', range: [3, 8] }),
        aThread({ id: 'whole document', passages: [] }),
      ),
    ).toEqual(['whole document', 'old', 'young', 'narrow', 'later'])
  })

  it('shows a thread of two groups once, with the replies of both in order', () => {
    const mine = aThread({ replies: [aReply({ id: 'late', createdAt: '2026-03-05T10:00:00.000Z' })] })
    const theirs = aThread({ replies: [aReply({ id: 'early', groupId: 'g2' })] })
    const merged = mergeRooms(
      new Map([
        ['a', room(mine)],
        ['b', room(theirs)],
      ]),
      'd1',
    )
    expect(merged).toHaveLength(1)
    expect(merged[0]?.rooms).toEqual(['a', 'b'])
    expect(merged[0]?.thread.replies.map((reply) => reply.id)).toEqual(['early', 'late'])
    expect(merged[0]?.thread.replyCount).toBe(2)
  })

  it('places only passages that lie in this document and may be read', () => {
    const [elsewhere] = aThread().passages
    const thread = aThread({ range: [4, 6] })
    const hidden = { id: 'p3', hidden: true as const }
    const passages = [...thread.passages, hidden, ...(elsewhere ? [{ ...elsewhere, documentId: 'd2' }] : [])]
    const [placed] = mergeRooms(new Map([['a', room({ ...thread, passages })]]), 'd1')
    expect(placed?.ranges).toEqual([{ start: 4, end: 6, state: 'exact' }])
  })

  it('says of a thread that it is the same while only others change, and of one that changed that it is not', () => {
    const [one, other] = [aThread({ id: 'one', range: [1, 2] }), aThread({ id: 'other', range: [3, 4] })]
    const before = mergeRooms(new Map([['a', room(one, other)]]), 'd1')
    const after = mergeRooms(new Map([['a', putThread(room(one, other), { ...other, version: 2 })]]), 'd1')
    const isSame = before.map((placed, at) => {
      const now = after[at]
      return now !== undefined && isSamePlaced(placed, now)
    })
    expect(isSame).toEqual([true, false])
  })
})
