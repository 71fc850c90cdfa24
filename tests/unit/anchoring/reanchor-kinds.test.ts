import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldQuote } from '#domain/anchoring/fold-text.ts'
import { reanchor } from '#domain/anchoring/reanchor.ts'
import type { Reanchored } from '#domain/anchoring/reanchored.ts'
import {
  editionsOf,
  HAN,
  misread,
  RESPELT,
  sentences,
  type Unit,
  VOWELLED,
  withoutVowels,
} from './kinds-of-text.ts'

/** What may be said of a unit: where it lives on, in its own place or not at all; where it was deleted, nowhere. */
function expectHonest(units: readonly Unit[], joint?: string): Map<Reanchored['state'], number> {
  const { old, renewed, places } = editionsOf(units, joint)
  const counts = new Map<Reanchored['state'], number>()
  const results = reanchor(old, renewed, places)
  places.forEach(({ unit, from, to }, i) => {
    const said = results[i]
    if (!said) throw new Error('no answer')
    counts.set(said.state, (counts.get(said.state) ?? 0) + 1)
    if (said.state === 'orphaned' || said.state === 'uncertain') return
    expect(unit.renewed, `deleted, yet ${said.state}: ${unit.old}`).not.toBeNull()
    expect(said.start, `put elsewhere: ${unit.old}`).toBeLessThan(to)
    expect(said.end, `put elsewhere: ${unit.old}`).toBeGreaterThan(from)
    const isSame = foldQuote(unit.old) === foldQuote(unit.renewed ?? '')
    if (!isSame) expect(said.state, unit.old).toBe('changed')
  })
  return counts
}

const sentenceOf = (words: readonly string[]): string => `${words.join(' ')}.`
const runs = { numRuns: 40 }

describe('other kinds of text', { timeout: 60_000 }, () => {
  test('scanned anew: a misread word makes its sentence changed, and none is lost', () => {
    fc.assert(
      fc.property(sentences(), fc.infiniteStream(fc.nat(9)), (list, dice) => {
        const units = list.map((words) => {
          const read = words.map((word) => (dice.next().value === 0 ? misread(word) : word))
          return { old: sentenceOf(words), renewed: sentenceOf(read) }
        })
        const counts = expectHonest(units)
        expect(counts.get('orphaned') ?? 0).toBe(0)
        expect(counts.get('uncertain') ?? 0).toBe(0)
      }),
      runs,
    )
  })

  test('verse with a refrain: the refrain of a deleted stanza is never taken for that of another', () => {
    const stanzas = fc.array(sentences(fc.stringMatching(/^[a-z]{3,7}$/), 3), { minLength: 4, maxLength: 9 })
    fc.assert(
      fc.property(stanzas, fc.nat(), (list, pick) => {
        const deleted = pick % list.length
        const units = list.flatMap((verses, i) => {
          const lines = [...verses.map((words) => words.join(' ')), 'and the sea goes over, over, over all']
          return lines.map((line) => ({ old: line, renewed: i === deleted ? null : line }))
        })
        const counts = expectHonest(units, '\n')
        expect(counts.get('exact') ?? 0).toBeGreaterThanOrEqual(3 * (list.length - 1))
      }),
      runs,
    )
  })

  test('clauses that differ in a number alone: the right one, or a person must look', () => {
    const sums = fc.uniqueArray(fc.integer({ min: 100, max: 9999 }), { minLength: 8, maxLength: 20 })
    fc.assert(
      fc.property(sums, fc.nat(), fc.nat(), (list, a, b) => {
        const clause = (sum: number): string =>
          `The Tenant shall pay to the Landlord the sum of ${sum} pounds upon demand in writing.`
        const [deleted, raised] = [a % list.length, b % list.length]
        const units = list.map((sum, i) => ({
          old: clause(sum),
          renewed: i === deleted ? null : clause(i === raised ? sum + 10_000 : sum),
        }))
        expectHonest(units, '\n')
      }),
      runs,
    )
  })

  test('Chinese without spaces: sentences put in and taken out leave the others exact', () => {
    fc.assert(
      fc.property(sentences(HAN), sentences(HAN, 1), fc.nat(), (list, [added], pick) => {
        const units = list.map((characters, i) => {
          const sentence = `${characters.join('')}。`
          const isPreceded = i === (pick + 5) % list.length
          if (i === pick % list.length) return { old: sentence, renewed: null }
          return { old: sentence, renewed: isPreceded ? `${added?.join('')}。${sentence}` : sentence }
        })
        const { old, renewed, places } = editionsOf(units, '')
        const results = reanchor(old, renewed, places)
        results.forEach((said, i) => {
          expect(said.state, units[i]?.old).toBe(units[i]?.renewed === null ? 'orphaned' : 'exact')
        })
      }),
      runs,
    )
  })

  test('Arabic printed without its vowel signs: each sentence is changed, in its place', () => {
    fc.assert(
      fc.property(sentences(VOWELLED), fc.nat(), (list, pick) => {
        const units = list.map((words, i) => ({
          old: sentenceOf(words),
          renewed: i === pick % list.length ? null : sentenceOf(words.map(withoutVowels)),
        }))
        expect(expectHonest(units).get('changed')).toBe(list.length - 1)
      }),
      runs,
    )
  })

  test('modern spelling: each respelt sentence is changed, in its place, and none is lost', () => {
    const word = fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{3,9}$/) },
      fc.constantFrom(...RESPELT.map(([was]) => was)),
    )
    fc.assert(
      fc.property(sentences(word), (list) => {
        const respelt = new Map(RESPELT)
        const units = list.map((words) => ({
          old: sentenceOf(words),
          renewed: sentenceOf(words.map((was) => respelt.get(was) ?? was)),
        }))
        const counts = expectHonest(units)
        expect(counts.get('orphaned') ?? 0).toBe(0)
        expect(counts.get('uncertain') ?? 0).toBe(0)
      }),
      runs,
    )
  })
})
