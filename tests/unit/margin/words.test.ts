import { describe, expect, it } from 'vitest'
import { countInWords } from '#components/margin/kind-words.ts'
import { relativeTime } from '#components/margin/relative-time.ts'
import type { ThreadKind } from '#domain/wire/thread.ts'
import { aThread } from '../client/a-thread.ts'

const placed = (...kinds: ThreadKind[]) =>
  kinds.map((kind) => ({ thread: aThread({ kind }), rooms: [], ranges: [] }))

describe('countInWords', () => {
  it.each<[ThreadKind[], string]>([
    [['note', 'question', 'note', 'note'], '3 notes, 1 question'],
    [['highlight', 'commentary'], '1 commentary, 1 highlight'],
    [['question', 'question'], '2 questions'],
    [[], ''],
  ])('says of %o “%s”', (kinds, words) => {
    expect(countInWords(placed(...kinds))).toBe(words)
  })
})

describe('relativeTime', () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  it.each([
    ['2026-06-15T11:59:30Z', 'now'],
    ['2026-06-15T12:00:20Z', 'now'],
    ['2026-06-15T11:55:00Z', '5 min'],
    ['2026-06-15T09:00:00Z', '3 h'],
    ['2026-06-14T10:00:00Z', 'yesterday'],
    ['2026-05-02T12:00:00Z', 'May 2'],
    ['2024-05-02T12:00:00Z', 'May 2, 2024'],
  ])('says of %s “%s”', (instant, words) => {
    expect(relativeTime(instant, now)).toBe(words)
  })
})
