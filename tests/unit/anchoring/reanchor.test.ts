import { describe, expect, test } from 'vitest'
import { reanchor } from '#domain/anchoring/reanchor.ts'
import { DELETED, FLIPS, MOVED_OR_UNSURE, type ReanchorCase, SAME } from './reanchor-cases.ts'

const GROUPS: Record<string, readonly ReanchorCase[]> = {
  'what turns the meaning is changed': FLIPS,
  'what folding forgives is exact': SAME,
  'what was deleted is orphaned': DELETED,
  'what moved, and what cannot be told': MOVED_OR_UNSURE,
}

for (const [group, cases] of Object.entries(GROUPS)) {
  describe(group, () => {
    for (const { rule, old, renewed, states } of cases) {
      test(rule, () => {
        const from = unmark(old)
        const to = unmark(renewed)
        const [result] = reanchor(from.text, to.text, [from])
        expect(states).toContain(result?.state)
        if (renewed.includes('~') || !result) return
        const { start, end } = result.state === 'orphaned' ? result.gap : result
        expect(to.text.slice(start, end).trim()).toBe(to.text.slice(to.start, to.end).trim())
        expect(Math.abs(start - to.start)).toBeLessThanOrEqual(1)
      })
    }
  })
}

function unmark(marked: string): { text: string; start: number; end: number } {
  const plain = marked.replace('~', '')
  const start = plain.indexOf('[')
  const end = plain.indexOf(']', start) - 1
  return { text: plain.replace('[', '').replace(']', ''), start, end }
}

describe('a document at once', () => {
  test('results come in the order of the passages', () => {
    const old = 'One sentence about apples. Another about pears, which were cheap. A third about plums.'
    const renewed =
      'A preface. One sentence about apples. Another about pears, which were dear. A third about plums.'
    const passages = ['plums', 'apples', 'pears, which were cheap'].map((words) => {
      const start = old.indexOf(words)
      return { start, end: start + words.length }
    })
    expect(reanchor(old, renewed, passages).map(({ state }) => state)).toEqual(['exact', 'exact', 'changed'])
  })

  test('no passages ask for no alignment', () => expect(reanchor('a', 'b', [])).toEqual([]))

  test('what surrounds an orphan says where it was, also at the ends of the text', () => {
    const old = 'First words here. The middle stays as it is, word for word. Last words there.'
    const renewed = 'The middle stays as it is, word for word.'
    const [first, last] = reanchor(old, renewed, [
      { start: 0, end: 17 },
      { start: 60, end: 77 },
    ])
    expect(first).toMatchObject({ state: 'orphaned', gap: { start: 0, end: 0 } })
    expect(last).toMatchObject({ state: 'orphaned' })
    if (last?.state === 'orphaned') expect(last.gap.start).toBeGreaterThanOrEqual(renewed.length - 1)
  })
})
