import { describe, expect, test } from 'vitest'
import {
  decided,
  deciding,
  nextOpen,
  openQueue,
  type QueueState,
  reopen,
  step,
  undecided,
  withPage,
} from '#components/editions/queue-state.ts'
import type { AnchorRow } from '#domain/wire/edition.ts'
import { anAnchor } from './an-anchor.ts'

const counts = { exact: 5, moved: 0, changed: 0, uncertain: 3, orphaned: 0 }
const queueOf = (...items: AnchorRow[]): QueueState => openQueue({ items, next: 'more' }, counts)
const three = () => queueOf(anAnchor({ id: 'a' }), anAnchor({ id: 'b' }), anAnchor({ id: 'c' }))
const anna = { id: 'anna', name: 'Anna' }

describe('the queue', () => {
  test('opens at the first passage that waits for this person', () => {
    const others = anAnchor({ id: 'others', may: { decide: false } })
    expect(queueOf(others, anAnchor({ id: 'mine' })).currentId).toBe('mine')
    expect(queueOf(others).currentId).toBe('others')
    expect(queueOf().currentId).toBeNull()
  })

  test('goes to the next and the one before, and stays at its ends', () => {
    const second = step(three(), 1)
    expect(second.currentId).toBe('b')
    expect(step(step(second, 1), 1).currentId).toBe('c')
    expect(step(step(second, -1), -1).currentId).toBe('a')
  })

  test('lists nothing twice when the list moved between two pages', () => {
    const longer = withPage(three(), { items: [anAnchor({ id: 'c' }), anAnchor({ id: 'd' })], next: null })
    expect(longer.rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(longer.next).toBeNull()
  })
})

describe('a decision', () => {
  const answer = anAnchor({ id: 'b', state: 'orphaned', decidedBy: anna, version: 2 })

  test('keeps the row where it is, and moves its count to the new state', () => {
    const after = decided(deciding(three(), 'b'), answer)
    expect(after.rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'a uncertain',
      'b orphaned',
      'c uncertain',
    ])
    expect(after.counts).toEqual({ ...counts, uncertain: 2, orphaned: 1 })
    expect(after.busy.size).toBe(0)
  })

  test('leads to the next passage that waits, after the last one to the one before', () => {
    expect(nextOpen(decided(deciding(three(), 'b'), answer))).toBe('c')
    expect(nextOpen(decided(deciding(three(), 'c'), { ...answer, id: 'c' }))).toBe('b')
    const only = decided(deciding(queueOf(anAnchor({ id: 'b' })), 'b'), answer)
    expect(nextOpen(only)).toBe('b')
  })

  test('that somebody else was quicker with shows theirs and says so', () => {
    const after = decided(deciding(three(), 'b'), answer, { kind: 'overtaken' })
    expect(after.rows[1]?.decidedBy).toEqual(anna)
    expect(after.news.get('b')).toEqual({ kind: 'overtaken' })
    expect(after.counts.orphaned).toBe(1)
  })

  test('that failed leaves everything as it was, says why, and forgets it at the next try', () => {
    const after = undecided(deciding(three(), 'b'), 'b', 'The server cannot be reached.')
    expect(after.rows).toEqual(three().rows)
    expect(after.counts).toEqual(counts)
    expect(after.busy.has('b')).toBe(false)
    expect(after.news.get('b')).toEqual({ kind: 'failed', message: 'The server cannot be reached.' })
    expect(deciding(after, 'b').news.has('b')).toBe(false)
  })

  test('can be taken again, until it is', () => {
    const again = reopen(decided(three(), answer), 'b')
    expect(again.reopened.has('b')).toBe(true)
    expect(undecided(deciding(again, 'b'), 'b', 'No.').reopened.has('b')).toBe(true)
    expect(decided(deciding(again, 'b'), { ...answer, state: 'exact' }).reopened.has('b')).toBe(false)
  })
})
