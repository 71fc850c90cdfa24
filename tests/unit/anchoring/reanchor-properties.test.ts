import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldQuote } from '#domain/anchoring/fold-text.ts'
import { splitsPair } from '#domain/anchoring/passage.ts'
import { reanchor } from '#domain/anchoring/reanchor.ts'
import { LONE_SURROGATE, spoiltText } from './arbitrary-text.ts'

const word = fc.stringMatching(/^[a-z]{2,9}$/)

/** A text of sentences in which words repeat, as they do in prose, but no sentence is another one. */
const sentences = fc
  .array(fc.array(word, { minLength: 5, maxLength: 14 }), { minLength: 6, maxLength: 20 })
  .map((list) => list.map((words, i) => [`s${i}`, ...words]))

/** One edit per sentence at most: words put in, taken out or exchanged at a place. */
const edit = fc.record({
  sentence: fc.nat(),
  at: fc.nat(),
  kind: fc.constantFrom('insert', 'delete', 'replace'),
  words: fc.array(word, { minLength: 1, maxLength: 3 }),
})

describe('re-anchoring', { timeout: 60_000 }, () => {
  test('a passage outside every edit is exact, and where its words are', () => {
    fc.assert(
      fc.property(sentences, fc.array(edit, { maxLength: 4 }), fc.nat(), (list, edits, pick) => {
        const kept = pick % list.length
        const edited = list.map((words) => [...words])
        for (const { sentence, at, kind, words } of edits) {
          const target = edited[sentence % edited.length]
          if (!target || sentence % edited.length === kept) continue
          // The first word names the sentence; what is edited away altogether is another property.
          const place = 1 + (at % target.length)
          target.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'delete' ? [] : words))
        }
        const render = (all: string[][]): string => all.map((words) => `${words.join(' ')}.`).join(' ')
        const range = (all: string[][]): { start: number; end: number } => {
          const start = all.slice(0, kept).reduce((sum, words) => sum + words.join(' ').length + 2, 0)
          return { start, end: start + (all[kept] ?? []).join(' ').length }
        }
        const [result] = reanchor(render(list), render(edited), [range(list)])
        expect(result).toMatchObject({ state: 'exact', ...range(edited) })
      }),
      { numRuns: 400 },
    )
  })

  test('a paragraph that changed its place alone: its passages are moved, or the ones it passed; all others are exact', () => {
    const paragraphs = fc.array(
      fc.array(word, { minLength: 12, maxLength: 40 }).map((words) => `${words.join(' ')}.`),
      { minLength: 8, maxLength: 16 },
    )
    fc.assert(
      fc.property(paragraphs, fc.nat(), fc.nat(), (drawn, a, b) => {
        const list = drawn.map((paragraph, i) => `s${i} ${paragraph}`)
        const [from, to] = [a % list.length, b % list.length]
        const moved = list[from] ?? ''
        const rest = list.filter((_, i) => i !== from)
        const text = [...rest.slice(0, to), moved, ...rest.slice(to)].join('\n')
        const old = list.join('\n')
        const passages = list.map((paragraph) => ({
          start: old.indexOf(paragraph),
          end: old.indexOf(paragraph) + paragraph.length,
        }))
        const passed = new Set(list.slice(Math.min(from, to), Math.max(from, to) + 1))
        reanchor(old, text, passages).forEach((said, i) => {
          const paragraph = list[i] ?? ''
          expect(passed.has(paragraph) ? ['exact', 'moved'] : ['exact']).toContain(said.state)
          if (said.state !== 'orphaned') expect(text.slice(said.start, said.end)).toBe(paragraph)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('a text against itself: every passage is exact with confidence 1', () => {
    fc.assert(
      fc.property(spoiltText(), fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        const [result] = reanchor(text, text, [{ start, end }])
        expect(result).toEqual({ state: 'exact', start, end, confidence: 1, reason: 'same-words' })
      }),
    )
  })

  test('a text that differs in what folding forgives: every word of it is exact', () => {
    fc.assert(
      fc.property(sentences, fc.nat(), fc.nat(), (list, a, b) => {
        const old = list.map((words) => `"${words.join(' ')}" -- `).join('')
        const renewed = list.map((words) => `“${words.join('\n')}” — `).join('')
        const words = [...old.matchAll(/[a-z]+/g)]
        const [first, last] = [a % words.length, b % words.length].sort((x, y) => x - y)
        const start = words[first ?? 0]?.index ?? 0
        const end = (words[last ?? 0]?.index ?? 0) + (words[last ?? 0]?.[0].length ?? 0)
        const [result] = reanchor(old, renewed, [{ start, end }])
        expect(result).toMatchObject({ state: 'exact', confidence: 1 })
        if (result?.state === 'exact') {
          expect(foldQuote(renewed.slice(result.start, result.end))).toBe(foldQuote(old.slice(start, end)))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('exact and moved are said only of words equal after folding, in any text whatever', () => {
    fc.assert(
      fc.property(spoiltText(), spoiltText(), fc.nat(), fc.nat(), (old, renewed, a, b) => {
        const [start = 0, end = 0] = [a % (old.length + 1), b % (old.length + 1)].sort((x, y) => x - y)
        // A passage that parts a letter from its mark is carried over as the whole letter.
        fc.pre(![start, end].some((at) => /^[\p{M}\u1160-\u11ff]/u.test(old.slice(at))))
        const [result] = reanchor(old, renewed, [{ start, end }])
        if (result?.state !== 'exact' && result?.state !== 'moved') return
        const was = foldQuote(old.slice(start, end)).trim()
        expect(foldQuote(renewed.slice(result.start, result.end)).trim()).toBe(was)
      }),
      { numRuns: 500 },
    )
  })

  test('never throws; ranges and gaps lie in the new text and part no pair; confidence is from 0 to 1', () => {
    fc.assert(
      fc.property(
        spoiltText(),
        spoiltText(),
        fc.array(fc.tuple(fc.integer(), fc.integer())),
        (old, renewed, ranges) => {
          const inside = ranges.map(([a, b]) => ({ start: Math.abs(a) % 70, end: Math.abs(b) % 70 }))
          const outside = ranges.map(([a, b]) => ({ start: a, end: b }))
          for (const result of reanchor(old, renewed, [...inside, ...outside])) {
            const { start, end } = result.state === 'orphaned' ? result.gap : result
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThanOrEqual(start)
            if (old === renewed) continue
            expect(end).toBeLessThanOrEqual(renewed.length)
            if (renewed.search(LONE_SURROGATE) < 0)
              expect(splitsPair(renewed, start) || splitsPair(renewed, end)).toBe(false)
            expect(result.confidence).toBeGreaterThanOrEqual(0)
            expect(result.confidence).toBeLessThanOrEqual(1)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('one huge word, one huge mark, one word a hundred thousand times: bounded all the same', () => {
    const passages = [{ start: 10, end: 500 }]
    const shapes = [
      'x'.repeat(100_000),
      '.'.repeat(100_000),
      'ha '.repeat(50_000),
      '漢'.repeat(100_000),
      '\n'.repeat(100_000),
    ]
    for (const old of shapes) {
      for (const renewed of [`${old} and more`, old.slice(1000), `before ${old}`, '']) {
        expect(reanchor(old, renewed, passages)).toHaveLength(1)
      }
    }
  })
})
