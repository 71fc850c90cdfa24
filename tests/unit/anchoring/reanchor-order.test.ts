import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reanchor } from '#domain/anchoring/reanchor.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { sentences } from './kinds-of-text.ts'

/** A sentence of either edition; those that are one sentence bear the same name. */
interface Named {
  readonly name: string
  readonly words: readonly string[]
}

/** Joins sentences into a text, with the range of each by its name. */
function write(list: readonly Named[]): { text: string; ranges: Map<string, TextRange> } {
  const ranges = new Map<string, TextRange>()
  let text = ''
  for (const { name, words } of list) {
    if (text !== '') text += ' '
    const start = text.length
    text += `${words.join(' ')}.`
    ranges.set(name, { start, end: text.length })
  }
  return { text, ranges }
}

function overlaps(a: TextRange, b: TextRange | undefined): boolean {
  return b !== undefined && a.start < b.end && a.end > b.start
}

/** What an editor does to one word of a sentence; the first word is left, so that no sentence becomes another. */
const edit = fc.record({ at: fc.nat(), kind: fc.constantFrom('negate', 'delete', 'replace') })
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

function editWords(words: readonly string[], { at, kind }: Edit): string[] {
  const place = 1 + (at % (words.length - 1))
  const put = kind === 'negate' ? ['never', words[place] ?? ''] : kind === 'delete' ? [] : ['otherwise']
  return [...words.slice(0, place), ...put, ...words.slice(place + 1)]
}

/** Each begins with a word of its own, so that no two are alike. */
const named = (list: readonly string[][]): Named[] =>
  list.map((words, i) => ({ name: `${i}`, words: [`s${i}`, ...words] }))
const runs = { numRuns: 200 }

describe('order and place', { timeout: 60_000 }, () => {
  test('a verbatim copy elsewhere never takes the place of the sentence that was edited where it stands', () => {
    fc.assert(
      fc.property(sentences(), edit, fc.nat(), fc.nat(), fc.boolean(), (drawn, change, a, b, isFramed) => {
        const list = named(drawn)
        const edited = a % list.length
        const renewed = list.map((it, i) =>
          i === edited ? { ...it, words: editWords(it.words, change) } : it,
        )
        // Directly beside it nothing tells which of the two is new; anywhere else the order does.
        const to = b % (list.length + 1)
        fc.pre(to !== edited && to !== edited + 1)
        const copy = { name: 'copy', words: list[edited]?.words ?? [] }
        const frame = { name: 'frame', words: ['Elsewhere', 'this', 'is', 'printed', 'as', 'follows'] }
        renewed.splice(to, 0, ...(isFramed ? [frame, copy] : [copy]))
        const old = write(list)
        const edition = write(renewed)
        const results = reanchor(old.text, edition.text, [...old.ranges.values()])
        results.forEach((said, i) => {
          expect(i === edited ? ['changed', 'uncertain'] : ['exact', 'moved']).toContain(said.state)
          if (said.state !== 'orphaned') expect(overlaps(said, edition.ranges.get(`${i}`))).toBe(true)
        })
      }),
      runs,
    )
  })

  test('an old wording quoted beside its correction is not the passage: what stood beside it stands beside the correction', () => {
    fc.assert(
      fc.property(sentences(), edit, fc.nat(), fc.boolean(), (drawn, change, pick, isBefore) => {
        const list = named(drawn)
        const edited = 1 + (pick % (list.length - 2))
        const said = {
          name: 'intro',
          words: 'Elsewhere the passage is printed in other words as follows here'.split(' '),
        }
        const after = {
          name: 'outro',
          words: 'So much for what other editors have thought fit to print'.split(' '),
        }
        const copy = { name: 'copy', words: list[edited]?.words ?? [] }
        const renewed = list.map((it, i) =>
          i === edited ? { ...it, words: editWords(it.words, change) } : it,
        )
        renewed.splice(isBefore ? edited : edited + 1, 0, said, copy, after)
        const old = write(list)
        const edition = write(renewed)
        const range = old.ranges.get(`${edited}`) ?? { start: 0, end: 0 }
        const [result] = reanchor(old.text, edition.text, [range])
        expect(['changed', 'uncertain']).toContain(result?.state)
        if (result?.state === 'changed') expect(overlaps(result, edition.ranges.get(`${edited}`))).toBe(true)
      }),
      runs,
    )
  })

  test('in a paragraph that was moved and edited, the sentences left alone are moved, the others changed', () => {
    fc.assert(
      fc.property(
        sentences(undefined, 18),
        fc.array(edit),
        fc.nat(),
        fc.boolean(),
        (drawn, edits, pick, toFront) => {
          const list = named(drawn)
          const [first, last] = toFront ? [15, 18] : [0, 3]
          const block = list.slice(first, last)
          const changes = new Map(edits.slice(0, 2).map((change, i) => [(pick + i) % block.length, change]))
          const moved = block.map((it, i) => {
            const change = changes.get(i)
            return change ? { ...it, words: editWords(it.words, change) } : it
          })
          const rest = list.filter((_, i) => i < first || i >= last)
          const old = write(list)
          const edition = write(toFront ? [...moved, ...rest] : [...rest, ...moved])
          const results = reanchor(old.text, edition.text, [...old.ranges.values()])
          results.forEach((said, i) => {
            const isMoved = i >= first && i < last
            expect(said.state).toBe(!isMoved ? 'exact' : changes.has(i - first) ? 'changed' : 'moved')
            if (said.state !== 'orphaned') expect(overlaps(said, edition.ranges.get(`${i}`))).toBe(true)
          })
        },
      ),
      runs,
    )
  })

  test('two halves that changed places have both moved, whichever is the longer', () => {
    fc.assert(
      fc.property(sentences(undefined, 4), fc.integer({ min: 1, max: 3 }), (drawn, cut) => {
        const list = named(drawn)
        const old = write(list)
        const edition = write([...list.slice(cut), ...list.slice(0, cut)])
        const results = reanchor(old.text, edition.text, [...old.ranges.values()])
        const shorter = cut < 2 ? 0 : 3
        expect(results[shorter]?.state).toBe('moved')
        if (cut === 2) expect(results.map(({ state }) => state)).toEqual(Array(4).fill('moved'))
      }),
      runs,
    )
  })
})
