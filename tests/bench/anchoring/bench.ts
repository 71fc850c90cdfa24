/**
 * How well passages hold through edits: `npx tsx tests/bench/anchoring/bench.ts [--seed 1] [--draws 3] [--rates 0,1,5,10,20] [--n 2000]`.
 *
 * Makes passages in generated texts, and in the `.txt` files of the folder `POSTIL_TEST_CORPUS` if it is set; makes a
 * new edition of each with edits at known places; asks where every passage went, and counts. Nothing is asserted.
 * Each draw has a seed of its own; the last table gives the median of the draws, with the lowest and the highest.
 *
 * *exact* both ends right within two characters, *near* overlaps by seven tenths, *wrong* somewhere else, *lost* said
 * to be uncertain or orphaned, *unsure* the uncertain among them: in percent of the passages that live on. *dead* is how many were deleted, *deadFP* the
 * percentage of these that were put somewhere all the same. S, M, L: exact for up to 30, up to 150, and more characters.
 */
import { parseArgs } from 'node:util'
import { reanchor } from '#domain/anchoring/reanchor.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { editText, tokenizeForEditing } from './edit-text.ts'
import { createRandom, type Random } from './random.ts'
import { sampleTexts, writeProse } from './sample-texts.ts'
import { judge, truePlace } from './true-place.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    draws: { type: 'string', default: '3' },
    rates: { type: 'string', default: '0,1,5,10,20' },
    n: { type: 'string', default: '2000' },
  },
})
const seeds = Array.from({ length: Number(values.draws) }, (_, i) => Number(values.seed) + i)
const rates = values.rates.split(',').map(Number)
const wanted = Number(values.n)

class Tally {
  private readonly counts = new Map<string, number>()
  ms = 0

  add(...keys: string[]): void {
    for (const key of keys) this.counts.set(key, this.get(key) + 1)
  }

  get(key: string): number {
    return this.counts.get(key) ?? 0
  }

  percent(part: string, whole: string): string {
    return this.get(whole) === 0 ? '-' : ((100 * this.get(part)) / this.get(whole)).toFixed(2)
  }

  row(): Record<string, string | number> {
    const shares = ['exact', 'near', 'wrong', 'lost', 'unsure'].map((verdict) => [
      verdict,
      this.percent(verdict, 'alive'),
    ])
    const sizes = ['S', 'M', 'L'].map((size) => [size, this.percent(`exact ${size}`, `alive ${size}`)])
    const deadFP = this.percent('anchored though deleted', 'dead')
    return {
      alive: this.get('alive'),
      ...Object.fromEntries(shares),
      dead: this.get('dead'),
      deadFP,
      ...Object.fromEntries(sizes),
      ms: Math.round(this.ms),
    }
  }
}

const STATES = ['exact', 'moved', 'changed', 'uncertain', 'orphaned']

main()

function main(): void {
  const summary = rates.map((rate) => [`${rate} %`, measureRate(rate)] as const)
  console.log(`\nall texts, median of ${seeds.length} draws (lowest to highest)`)
  console.table(Object.fromEntries(summary))
  timeTenThousand()
}

/** Prints what came of one rate of edits, by kind of text, and gives the row that sums it up. */
function measureRate(rate: number): Record<string, string> {
  const groups = new Map<string, Tally>()
  const all = new Tally()
  const draws = seeds.map((seed) => {
    const draw = new Tally()
    const texts = sampleTexts(seed)
    const length = texts.reduce((sum, { text }) => sum + text.length, 0)
    texts.forEach(({ group, text }, i) => {
      const tally = groups.get(group) ?? new Tally()
      groups.set(group, tally)
      const count = Math.max(100, Math.round((wanted * text.length) / length))
      measure([tally, draw, all], text, rate / 100, count, createRandom(seed * 7919 + i * 101 + rate))
    })
    return draw.row()
  })
  const rows = [...groups, ['all', all] as const].map(([group, tally]) => [group, tally.row()])
  console.log(`\n${rate} % edits`)
  console.table(Object.fromEntries(rows))
  console.log('true state (rows) against said state (columns)')
  console.table(Object.fromEntries([...STATES, 'unclear'].map((truth) => [truth, statesSaid(all, truth)])))
  const columns = ['exact', 'wrong', 'deadFP', 'unsure', 'ms']
  return Object.fromEntries(
    columns.map((column) => [column, spread(draws.map((draw) => Number(draw[column])))]),
  )
}

function spread(values: readonly number[]): string {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const [low, middle, high] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)]
  return middle === undefined ? '-' : `${middle} (${low} to ${high})`
}

function statesSaid(tally: Tally, truth: string): Record<string, number> {
  return Object.fromEntries(STATES.map((said) => [said, tally.get(`${truth} as ${said}`)]))
}

function measure(tallies: readonly Tally[], text: string, rate: number, count: number, random: Random): void {
  const strange = writeProse(random, 40, 0).split('\n\n')
  const edited =
    rate === 0 ? { ...editText(text, 0, random, strange), text } : editText(text, rate, random, strange)
  const passages = [
    ...drawPassages(text, count, random),
    ...drawPassages(text, count * 3, random).filter((passage) => {
      return truePlace(text, edited, passage).state === 'orphaned'
    }),
  ]
  const started = performance.now()
  const results = reanchor(text, edited.text, passages)
  const ms = performance.now() - started
  for (const tally of tallies) tally.ms += ms
  passages.forEach((passage, i) => {
    const said = results[i]
    if (!said) return
    const truth = rate === 0 ? unedited(passage) : truePlace(text, edited, passage)
    const verdict = judge(truth, said)
    const size = passage.end - passage.start <= 30 ? 'S' : passage.end - passage.start <= 150 ? 'M' : 'L'
    const isAlive = truth.state !== 'orphaned' && truth.state !== 'unclear'
    for (const tally of tallies) {
      tally.add(verdict, `${truth.state} as ${said.state}`)
      if (isAlive && said.state === 'uncertain') tally.add('unsure')
      if (isAlive) tally.add('alive', `alive ${size}`, `${verdict} ${size}`)
      if (truth.state === 'orphaned') tally.add('dead')
    }
  })
}

function unedited(passage: TextRange): ReturnType<typeof truePlace> {
  return { state: 'exact', outer: passage, inner: passage }
}

/** Passages of whole words, many short and some long, as people mark them. */
function drawPassages(text: string, count: number, random: Random): TextRange[] {
  const words = tokenizeForEditing(text).filter(({ isWord }) => isWord)
  return Array.from({ length: count }, () => {
    const length = Math.exp(Math.log(10) + random.next() * Math.log(60))
    const first = random.below(words.length)
    const start = words[first]?.start ?? 0
    let last = first
    while (last + 1 < words.length && (words[last]?.end ?? 0) - start < length) last++
    return { start, end: words[last]?.end ?? text.length }
  })
}

function timeTenThousand(): void {
  const random = createRandom(seeds[0] ?? 1)
  const text = writeProse(random, 2200, 0).slice(0, 1_000_000)
  const edited = editText(text, 0.05, random, writeProse(random, 40, 0).split('\n\n'))
  const passages = drawPassages(text, 10_000, random)
  const started = performance.now()
  reanchor(text, edited.text, passages)
  const ms = Math.round(performance.now() - started)
  console.log(`\n10,000 passages over ${text.length} characters, 5 % edits: ${ms} ms`)
}
