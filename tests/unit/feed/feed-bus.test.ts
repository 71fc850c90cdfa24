import { describe, expect, it } from 'vitest'
import type { RoomEvent } from '#server/services/contracts/feed.ts'
import { createFeedBus } from '#server/services/feed-bus.ts'

const event = (seq: number, documentId = 'd'): RoomEvent => ({
  room: { documentId, layerId: 'l', groupId: 'g' },
  seq,
  epoch: 'e',
  kind: 'thread.posted',
  threadId: `t${seq}`,
  replyId: null,
  actorId: null,
  recipientId: null,
})

function listen() {
  const errors: unknown[] = []
  const bus = createFeedBus({ error: (error: unknown) => void errors.push(error) })
  const heard: RoomEvent[] = []
  const end = bus.subscribe((events) => heard.push(...events))
  return { bus, heard, end, errors }
}

describe('the feed bus', () => {
  it('carries in order of number, in whatever order commits are heard of', () => {
    const { bus, heard } = listen()
    const [first, second, third] = [bus.hold([event(1)]), bus.hold([event(2)]), bus.hold([event(3)])]
    third.commit()
    second.commit()
    expect(heard).toEqual([])
    first.commit()
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('does not wait for what was dropped', () => {
    const { bus, heard } = listen()
    const [first, second] = [bus.hold([event(1)]), bus.hold([event(1)])]
    second.commit()
    first.drop()
    expect(heard).toEqual([event(1)])
  })

  it('lets one room wait without the others', () => {
    const { bus, heard } = listen()
    const slow = bus.hold([event(1, 'a')])
    bus.hold([event(2, 'a'), event(1, 'b')]).commit()
    expect(heard).toEqual([event(1, 'b')])
    slow.commit()
    expect(heard).toEqual([event(1, 'b'), event(1, 'a'), event(2, 'a')])
  })

  it('goes on when a listener fails, and says so', () => {
    const { bus, heard, errors } = listen()
    bus.subscribe(() => {
      throw new Error('deaf')
    })
    const after: RoomEvent[] = []
    bus.subscribe((events) => after.push(...events))
    bus.announce([event(1)])
    expect([heard, after]).toEqual([[event(1)], [event(1)]])
    expect(errors).toHaveLength(1)
  })

  it('tells a listener nothing after it has ended', () => {
    const { bus, heard, end } = listen()
    end()
    bus.announce([event(1)])
    expect(heard).toEqual([])
  })
})
