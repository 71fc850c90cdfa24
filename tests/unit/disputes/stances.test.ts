import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCitableId } from '#domain/disputes/citable-id.ts'
import { dividednessByWeek, stanceTimeline, type TimelineEvent } from '#domain/disputes/stance-timeline.ts'
import { dividedness, type StancePositions, toShares } from '#domain/disputes/stances.ts'

const only = (id: string): StancePositions => [{ id, share: 1 }]
const someWeights = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    weight: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  }),
  { selector: ({ id }) => id },
)

describe('dividedness', () => {
  const cases: [string, StancePositions[], number][] = [
    ['nobody holds anything', [[], []], 0],
    ['one holds something', [only('a')], 0],
    ['all hold the same', [only('a'), only('a'), []], 0],
    ['two are parted evenly', [only('a'), only('b')], 1],
    ['three are parted evenly', [only('a'), only('b'), only('c')], 1],
    ['one stands against three', [only('a'), only('b'), only('b'), only('b')], 0.75],
    [
      'one person holds two equally',
      [
        toShares([
          { id: 'a', weight: 7 },
          { id: 'b', weight: 7 },
        ]),
      ],
      1,
    ],
  ]
  it.each(cases)('is right when %s', (_, stances, expected) => {
    expect(dividedness(stances)).toBeCloseTo(expected)
  })

  it('lies between 0 and 1, and does not change with the order or with who is undecided', () => {
    fc.assert(
      fc.property(fc.array(someWeights), (weighted) => {
        const stances = weighted.map(toShares)
        const divided = dividedness(stances)
        expect(divided).toBeGreaterThanOrEqual(0)
        expect(divided).toBeLessThanOrEqual(1 + 1e-9)
        expect(dividedness([[], ...stances.toReversed()])).toBeCloseTo(divided)
      }),
    )
  })
})

describe('toShares', () => {
  it('makes shares that add up to 1, in the proportion of the weights', () => {
    fc.assert(
      fc.property(someWeights, (weighted) => {
        const shares = toShares(weighted)
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(weighted.length === 0 ? 0 : 1)
        const [first] = weighted
        const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
        expect(shares[0]?.share ?? 0).toBeCloseTo(first ? first.weight / total : 0)
      }),
    )
  })
})

const ada = { id: 'ada', name: 'Ada' }
const bo = { id: 'bo', name: 'Bo' }
/** A history in which everything happens in the same millisecond. */
const history = (...events: (['ada' | 'bo', string | null] | string)[]): TimelineEvent[] =>
  events.map((event, index) => {
    const place = { number: index + 1, at: '2026-03-01T10:00:00.000Z' }
    if (typeof event === 'string') return { ...place, kind: 'evidence', evidenceId: event }
    const [who, held] = event
    const positions = held === null ? [] : only(held)
    return { ...place, kind: 'stance', by: who === 'ada' ? ada : bo, positions, reason: '' }
  })

describe('the timeline of stances', () => {
  it('says which evidence came before which change of mind, and after the last one', () => {
    const { changes } = stanceTimeline(history('e1', ['ada', 'a'], 'e2', ['bo', 'a'], 'e3', ['ada', 'b']))
    expect(changes.map(({ by, newEvidenceIds }) => [by.name, newEvidenceIds])).toEqual([
      ['Ada', ['e1']],
      ['Bo', ['e1', 'e2']],
      ['Ada', ['e2', 'e3']],
    ])
    expect(changes[2]).toMatchObject({ from: only('a'), to: only('b') })
  })

  it('says after each stance how much of the holders each position had', () => {
    const { points } = stanceTimeline(history(['ada', 'a'], ['bo', 'b'], ['ada', null]))
    expect(points.map(({ held, undecided, dividedness: d }) => [[...held], undecided, d])).toEqual([
      [[['a', 1]], 0, 0],
      [
        [
          ['a', 1],
          ['b', 1],
        ],
        0,
        1,
      ],
      [[['b', 1]], 1, 0],
    ])
  })
})

describe('dividednessByWeek', () => {
  const points = [
    { at: '2026-03-04T10:00:00.000Z', dividedness: 0.2 },
    { at: '2026-03-06T10:00:00.000Z', dividedness: 0.5 },
    { at: '2026-03-16T00:00:00.000Z', dividedness: 0.9 },
  ]
  const until = Date.parse('2026-03-18T00:00:00.000Z')

  it('tells how it stood when each week ended, weeks without change included', () => {
    expect(dividednessByWeek(points, until)).toEqual([
      { monday: '2026-03-02', dividedness: 0.5 },
      { monday: '2026-03-09', dividedness: 0.5 },
      { monday: '2026-03-16', dividedness: 0.9 },
    ])
  })

  it('begins later when there are more weeks than wanted, with what stood before', () => {
    expect(dividednessByWeek(points, until, 2).map(({ monday }) => monday)).toEqual([
      '2026-03-09',
      '2026-03-16',
    ])
    expect(dividednessByWeek([], until)).toEqual([])
  })
})

describe('the id of a dispute', () => {
  it('has eight signs of 40 random bits, so that other bits give another', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), fc.uuid({ version: 4 }), (one, other) => {
        expect(toCitableId(one)).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/)
        const isSame = toCitableId(one) === toCitableId(other)
        const bits = (uuid: string) => uuid.replaceAll('-', '').slice(0, 10)
        expect(isSame).toBe(bits(one) === bits(other))
      }),
    )
  })
})
