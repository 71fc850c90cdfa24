import { expect, test } from 'vitest'
import type { Happening } from '#domain/disputes/happening.ts'
import { type WordingRow, wordsTaken } from '#domain/disputes/words-taken.ts'

const row = (id: string, what: Happening): WordingRow => ({ by: { id }, what })
const state = (statement: string) => row('bo', { kind: 'position', positionId: 'p', statement })
const reword = (from: string, to: string) =>
  row('bo', { kind: 'position-reworded', positionId: 'p', from, to })
const hold = (id: string, ...ids: string[]) =>
  row(id, { kind: 'stance', positions: ids.map((each) => ({ id: each, share: 1 })), reason: '' })

test('who held a position before it was reworded took other words than who did after', () => {
  const taken = wordsTaken([state('Yes.'), hold('anna', 'p'), reword('Yes.', 'No.'), hold('bo', 'p')])
  expect([taken('anna', 'p'), taken('bo', 'p'), taken('helen', 'p')]).toEqual(['Yes.', null, null])
})

test('a position that reads again as it was taken was not reworded for its holder', () => {
  const taken = wordsTaken([
    state('Yes.'),
    hold('anna', 'p'),
    reword('Yes.', 'No.'),
    hold('bo', 'p'),
    reword('No.', 'Yes.'),
  ])
  expect([taken('anna', 'p'), taken('bo', 'p')]).toEqual([null, 'No.'])
})

test('the stance that counts is the last: who gave a position up took none of its words', () => {
  const taken = wordsTaken([state('Yes.'), hold('anna', 'p'), hold('anna'), reword('Yes.', 'No.')])
  expect(taken('anna', 'p')).toBeNull()
})
