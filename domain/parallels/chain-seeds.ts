/**
 * Seeds and chains. A seed is a fingerprint that two texts share. Seeds that stand in the same order at about the same
 * distance in both texts, or with a gap in one of them alone (words left out), are chained; what is not chained with
 * another is chance, and costs nothing more.
 */
import { WORDS_OF_FINGERPRINT } from './fingerprints.ts'
import type { WeighedWords } from './weigh-words.ts'

/** A fingerprint of this text that stands in another text (or further on in this one) as well. */
export interface Seed {
  /** The other text, as its index names it. */
  readonly text: number
  /** The number of the seed's first word in this text, and in the other. */
  readonly here: number
  readonly there: number
  /** The offset of that word in the other text, in code units. */
  readonly offset: number
}

/** Seeds of one other text, in the order of both. */
export type Chain = readonly Seed[]

/** Words between two seeds, in the text where fewer stand, that may still be one passage. */
const NEAR = 24
/** How much further apart two seeds may be in one text than in the other: some words, and a share of the distance. */
const DRIFT = 5
const DRIFT_SHARE = 0.25
/** Words that may be left out in one text alone, where the other has at most `LITTLE`. */
const LEFT_OUT = 240
const LITTLE = 8
/** Words that the seeds of a chain cover together in a text: eight equal words in a row hold two seeds, five words apart at most. */
export const LEAST_COVERED = 6
/** What each of these words weighs at least, on the average. */
const LEAST_WEIGHT = 1 / 3
/** Chains of one text that may be open at a time; the oldest is closed. */
const MOST_OPEN = 48

/** The chains that cover enough words of a text, given all its seeds in any order. About linear in the seeds. */
export function chainSeeds(
  seeds: readonly Seed[],
  weighed: WeighedWords,
  leastCovered = LEAST_COVERED,
): Chain[] {
  const sorted = [...seeds].sort((a, b) => a.text - b.text || a.here - b.here || a.there - b.there)
  const done: Chain[] = []
  let open: Seed[][] = []
  let text = -1
  const close = (chain: Seed[]) => {
    if (isPromising(chain, weighed, leastCovered)) done.push(chain)
  }
  for (const seed of sorted) {
    if (seed.text !== text) {
      open.forEach(close)
      open = []
      text = seed.text
    }
    open = open.filter((chain) => {
      const isReachable = seed.here - lastOf(chain).here <= LEFT_OUT + NEAR
      if (!isReachable) close(chain)
      return isReachable
    })
    const best = findBest(open, seed)
    if (best) best.push(seed)
    else open.push([seed])
    if (open.length > MOST_OPEN) close(open.shift() ?? [])
  }
  open.forEach(close)
  return done
}

const lastOf = (chain: Seed[]): Seed => chain.at(-1) ?? { text: -1, here: 0, there: 0, offset: 0 }

/** The chain that this seed goes on best: the one it is out of step with the least. */
function findBest(open: readonly Seed[][], seed: Seed): Seed[] | null {
  let best: Seed[] | null = null
  let least = Number.POSITIVE_INFINITY
  for (const chain of open) {
    const last = lastOf(chain)
    const cost = linkCost(seed.here - last.here, seed.there - last.there)
    if (cost < least) {
      least = cost
      best = chain
    }
  }
  return best
}

/** Infinite where the one cannot go on the other. `here` and `there` are distances between their first words. */
function linkCost(here: number, there: number): number {
  const drift = Math.abs(here - there)
  const shorter = Math.min(here, there)
  if (shorter <= 0) return Number.POSITIVE_INFINITY
  if (drift === 0) return shorter <= 2 * NEAR ? shorter / 1_000 : Number.POSITIVE_INFINITY
  if (shorter < WORDS_OF_FINGERPRINT) return Number.POSITIVE_INFINITY
  if (shorter <= NEAR && drift <= DRIFT + DRIFT_SHARE * shorter) return drift + shorter / 1_000
  const isLeftOut = shorter <= LITTLE + WORDS_OF_FINGERPRINT && drift <= LEFT_OUT
  return isLeftOut ? 1_000 + drift : Number.POSITIVE_INFINITY
}

/**
 * Whether the seeds of a chain hold enough words. Set phrases that they reach into are counted in full: the index does
 * not say where those stand, but they may well stand there too.
 */
function isPromising(chain: Chain, { weights, firsts, ends }: WeighedWords, leastCovered: number): boolean {
  let covered = 0
  let weight = 0
  let end = 0
  for (const { here } of chain) {
    const last = here + WORDS_OF_FINGERPRINT - 1
    const seedEnd = ends[last] ?? last + 1
    for (let word = Math.max(end, firsts[here] ?? here); word < seedEnd; word++) {
      covered++
      weight += weights[word] ?? 0
    }
    end = Math.max(end, seedEnd)
  }
  return covered >= leastCovered && weight >= LEAST_WEIGHT * leastCovered
}
