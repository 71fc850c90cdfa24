import { describe, expect, test } from 'vitest'
import { mergeRooms, type PlacedThread } from '#components/client/merge-rooms.ts'
import { putThread, unknownRoom } from '#components/client/room-threads.ts'
import { lostWords, toOrphanGaps } from '#components/reader/orphan-gaps.ts'
import type { AnchorState, ThreadWithReplies } from '#domain/wire/thread.ts'
import { aThread } from '../client/a-thread.ts'

function anchored(id: string, state: AnchorState, at: number, exact = 'words'): ThreadWithReplies {
  const thread = aThread({ id, range: [at, state === 'orphaned' ? at : at + 5] })
  const passages = thread.passages.map((passage) => ({ ...passage, exact, anchor: { state, confidence: 1 } }))
  return { ...thread, passages }
}

const placed = (...threads: ThreadWithReplies[]): PlacedThread[] =>
  mergeRooms(new Map([['a', threads.reduce(putThread, unknownRoom)]]), 'd1')

describe('gaps', () => {
  test('are where words were, in the order of the text, with every note that was about them', () => {
    const gaps = toOrphanGaps(
      placed(
        anchored('late', 'orphaned', 40),
        anchored('stands', 'exact', 7),
        anchored('one', 'orphaned', 7),
        anchored('two', 'orphaned', 7),
      ),
    )
    expect(gaps.map(({ at, threads }) => [at, threads.map(({ thread }) => thread.id)])).toEqual([
      [7, ['one', 'two']],
      [40, ['late']],
    ])
  })
})

describe('lost words', () => {
  test('are quoted once each, long ones shortened, and none that still stands', () => {
    const threads = placed(
      anchored('a', 'orphaned', 7, 'not written by'),
      anchored('b', 'orphaned', 7, 'not written by'),
      anchored('c', 'orphaned', 7, 'x'.repeat(200)),
      anchored('d', 'uncertain', 7, 'still here'),
    )
    expect(lostWords(threads, 'd1')).toBe(`“not written by”, “${'x'.repeat(80)}…”`)
  })
})
