import { describe, expect, test } from 'vitest'
import { auditFacts, auditWords } from '#components/account/audit-words.ts'

describe('what became of a thread that came or went is said by what was done with it', () => {
  test.each([
    ['appear', { from: 'one', to: 'other' }, 'moved a thread here'],
    ['vanish', { from: 'one', to: 'other' }, 'moved a thread away'],
    ['appear', { restored: true }, 'restored a thread'],
    ['vanish', { hidden: true, reason: 'spam' }, 'hid a thread'],
    ['appear', { hidden: false }, 'showed a hidden thread again'],
    ['appear', {}, 'uncovered a thread'],
  ])('%s with %o', (kind, data, words) => {
    expect(auditWords({ kind, data })).toBe(words)
  })
})

test('a reason is told, ids of layers and empty facts are not', () => {
  expect(auditFacts({ data: { from: 'id', to: 'id', hidden: true, reason: 'spam', locked: null } })).toEqual([
    'reason: spam',
  ])
})
