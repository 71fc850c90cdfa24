import { describe, expect, it } from 'vitest'
import { mergeRooms } from '#components/client/merge-rooms.ts'
import { putThread, unknownRoom } from '#components/client/room-threads.ts'
import {
  filterChoices,
  filterThreads,
  type MarginFilter,
  noFilter,
} from '#components/margin/filter-threads.ts'
import { aReply, aThread } from '../client/a-thread.ts'

const threads = [
  aThread({ id: 'note', tags: ['syntax'] }),
  aThread({ id: 'question', kind: 'question', author: { id: 'cy', name: 'Cy' }, replies: [aReply()] }),
  aThread({
    id: 'resolved',
    status: 'resolved',
    tags: ['Greek'],
    replies: [aReply({ id: 'r2', deletedAt: 'x' })],
  }),
]
const placed = mergeRooms(new Map([['a', threads.reduce(putThread, unknownRoom)]]), 'd1')
const shown = (filter: Partial<MarginFilter>) =>
  filterThreads(placed, { ...noFilter, ...filter }).map(({ thread }) => thread.id)

describe('the filter of the margin', () => {
  it('shows everything when nothing is asked', () => {
    expect(filterThreads(placed, noFilter)).toBe(placed)
  })

  it.each<[Partial<MarginFilter>, string[]]>([
    [{ kind: 'question' }, ['question']],
    [{ tag: 'syntax' }, ['note']],
    [{ unresolvedOnly: true }, ['note', 'question']],
    [{ personId: 'anna' }, ['note', 'resolved']],
    [{ personId: 'anna', unresolvedOnly: true }, ['note']],
  ])('shows by %o only %o', (filter, ids) => {
    expect(shown(filter)).toEqual(ids)
  })

  it('finds a person by their replies, but not by deleted ones', () => {
    expect(shown({ personId: 'bo' })).toEqual(['question'])
  })

  it('offers the people and tags that there are', () => {
    expect(filterChoices(placed)).toEqual({
      people: [
        { id: 'anna', name: 'Anna' },
        { id: 'bo', name: 'Bo' },
        { id: 'cy', name: 'Cy' },
      ],
      tags: ['Greek', 'syntax'],
    })
  })
})
