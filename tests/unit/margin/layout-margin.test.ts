import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutMargin, type MarginCard } from '#components/margin/layout-margin.ts'

const gap = 8
const tops = (cards: readonly MarginCard[], held: { id: string; top: number } | null = null) => {
  const layout = layoutMargin(cards, held, gap)
  return cards.map((card) => layout.get(card.id) ?? Number.NaN)
}
const card = (id: string, top: number, height = 100): MarginCard => ({ id, top, height })

const someCards = (most: number) =>
  fc
    .array(fc.record({ top: fc.integer({ min: 0, max: 60 }), height: fc.integer({ min: 1, max: 20 }) }), {
      maxLength: most,
    })
    .map((rows) => rows.sort((a, b) => a.top - b.top).map((row, index) => ({ id: `c${index}`, ...row })))

const overlaps = (cards: readonly MarginCard[], at: readonly number[]) =>
  cards.some(
    (_, index) =>
      index > 0 && (at[index] ?? 0) < (at[index - 1] ?? 0) + (cards[index - 1]?.height ?? 0) + gap - 1e-6,
  )

const cost = (cards: readonly MarginCard[], at: readonly number[]) =>
  cards.reduce((sum, one, index) => sum + ((at[index] ?? 0) - one.top) ** 2, 0)

describe('layoutMargin', () => {
  it('leaves cards that do not collide where their passages are', () => {
    expect(tops([card('a', 0), card('b', 200), card('c', 400)])).toEqual([0, 200, 400])
  })

  it('shares the way between two cards that collide', () => {
    expect(tops([card('a', 100), card('b', 100)])).toEqual([46, 154])
  })

  it('keeps cards below the top of the margin', () => {
    expect(tops([card('a', 0), card('b', 0)])).toEqual([0, 108])
  })

  it('keeps the held card exactly in its place and moves the others around it', () => {
    expect(tops([card('a', 300), card('b', 310), card('c', 320)], { id: 'b', top: 310 })).toEqual([
      202, 310, 418,
    ])
  })

  it('never lets two cards overlap and keeps their order', () => {
    fc.assert(fc.property(someCards(30), (cards) => !overlaps(cards, tops(cards))))
  })

  it('holds any card anywhere without an overlap', () => {
    fc.assert(
      fc.property(someCards(12), fc.nat(), fc.integer({ min: 0, max: 90 }), (cards, pick, top) => {
        const held = cards[pick % Math.max(1, cards.length)]
        if (!held) return
        const at = tops(cards, { id: held.id, top })
        expect(at[cards.indexOf(held)]).toBe(top)
        expect(overlaps(cards, at)).toBe(false)
      }),
    )
  })

  it('moves cards by no more than any other layout would', () => {
    fc.assert(
      fc.property(someCards(4), fc.boolean(), fc.nat(), (cards, holds, pick) => {
        const chosen = holds ? cards[pick % Math.max(1, cards.length)] : undefined
        const held = chosen ? { id: chosen.id, top: chosen.top } : null
        const best = cost(cards, tops(cards, held))
        expect(best).toBeLessThanOrEqual(cheapestByTrying(cards, held?.id ?? null) + 1e-6)
      }),
      { numRuns: 300 },
    )
  })
})

/** Tries every layout on whole pixels: dynamic programming over (card, its top), which shares no idea with the code above. */
function cheapestByTrying(cards: readonly MarginCard[], held: string | null): number {
  const lowest = -120
  const heldAt = cards.findIndex((one) => one.id === held)
  const roomBefore = cards.slice(0, Math.max(0, heldAt)).reduce((sum, one) => sum + one.height + gap, 0)
  const highest = Math.min(0, (cards[heldAt]?.top ?? 0) - roomBefore)
  const size = 400
  let cheapest = new Array<number>(size).fill(0)
  cards.forEach((one, index) => {
    const before = cards[index - 1]
    const next = new Array<number>(size).fill(Number.POSITIVE_INFINITY)
    let reachable = before ? Number.POSITIVE_INFINITY : 0
    for (let step = 0; step < size; step += 1) {
      const top = lowest + step
      if (before)
        reachable = Math.min(reachable, cheapest[step - before.height - gap] ?? Number.POSITIVE_INFINITY)
      const isAllowed = one.id === held ? top === one.top : top >= highest
      if (isAllowed) next[step] = reachable + (top - one.top) ** 2
    }
    cheapest = next
  })
  return cards.length === 0 ? 0 : Math.min(...cheapest)
}
