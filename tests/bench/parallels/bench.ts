/**
 * How many of the quotations that were planted are found, and how fast:
 * `npx tsx tests/bench/parallels/bench.ts [--seed 1] [--draws 3] [--sizes 100000,1000000] [--n 200]`.
 *
 * Plants quotations, corrupted in known ways, from a corpus of generated prose (and from the `.txt` files of the
 * folder `POSTIL_TEST_CORPUS`, if it is set) into new texts, and asks where these have words in common with the corpus.
 * Nothing is asserted. Each draw has a seed of its own; other seeds than those that numbers were tuned on are fair.
 *
 * *recall* is the share of planted passages of which at least half was found in both texts; *precision* the share of
 * the finds shown that lie on a planted one. What merely recurs is not shown and counts neither way. Where documents
 * are read from a folder, what they share among themselves is no part of the measurement: only new texts are looked up.
 * With `POSTIL_SIM_TEXT` set to the program `sim_text` (Debian's `similarity-tester`), it is measured beside.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findParallels } from '#domain/parallels/find-parallels.ts'
import { readWords } from '#domain/parallels/read-words.ts'
import { createRandom } from '../anchoring/random.ts'
import { countFound, type Found } from './count-found.ts'
import { MemoryCorpus } from './memory-corpus.ts'
import { CORRUPTIONS, type Planted, Planter } from './plant-quotations.ts'
import { findBySim } from './sim-text.ts'
import { ProseWriter } from './write-prose.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    draws: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '100000,1000000' },
    n: { type: 'string', default: '200' },
  },
})
const WORDS_OF_TEXT = 20_000
const WORDS_OF_NEW_TEXT = 30_000

/** One draw: a corpus, one new text for each corruption, and what was found. */
async function measure(
  name: string,
  seed: number,
  size: number,
  documents: readonly string[] | null,
): Promise<void> {
  const writer = new ProseWriter(seed)
  const random = createRandom(seed + 1_000)
  const prose = Array.from({ length: Math.max(2, Math.round(size / WORDS_OF_TEXT)) }, () =>
    writer.write(WORDS_OF_TEXT).join(' '),
  )
  const texts = [...(documents ?? []), ...prose]
  const indexedAt = performance.now()
  const corpus = new MemoryCorpus(texts)
  const words = texts.reduce((sum, text) => sum + countWords(text), 0)
  const indexMs = performance.now() - indexedAt
  const sources = (documents ?? prose).map((text, number) => ({ text, number }))
  const planter = new Planter(random, sources, () => writer.word())
  for (const corruption of CORRUPTIONS) {
    const { text, planted } = planter.plant(writer.write(WORDS_OF_NEW_TEXT), corruption, Number(values.n))
    const at = performance.now()
    const found = await findParallels(text, corpus, { ownText: null })
    const ms = performance.now() - at
    const shown = found.filter(({ isFormula }) => !isFormula)
    const ours = countFound(shown, planted, texts)
    rows.push({
      corpus: name,
      seed,
      corruption,
      planted: planted.length,
      recall: percent(ours.recalled, planted.length),
      precision: percent(ours.right, shown.length),
      formulas: found.length - shown.length,
      'index words/s': Math.round((1_000 * words) / indexMs),
      'look-up ms': Math.round(ms),
      ...peer(texts, text, planted),
    })
  }
}

function peer(
  texts: readonly string[],
  text: string,
  planted: readonly Planted[],
): Record<string, string | number> {
  const program = process.env.POSTIL_SIM_TEXT
  if (!program) return {}
  const at = performance.now()
  const found: Found[] = findBySim(program, texts, text)
  const { recalled, right } = countFound(found, planted, texts)
  return {
    'sim recall': percent(recalled, planted.length),
    'sim precision': percent(right, found.length),
    'sim ms': Math.round(performance.now() - at),
  }
}

const countWords = (text: string) => readWords(text).count
const percent = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1))

const rows: Record<string, string | number>[] = []
for (const size of values.sizes.split(',').map(Number)) {
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.draws); seed++) {
    await measure(`prose, ${size} words`, seed, size, null)
  }
}
const folder = process.env.POSTIL_TEST_CORPUS
if (folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const documents = files.map((name) => readFileSync(path.join(folder, name), 'utf8'))
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.draws); seed++) {
    await measure('documents', seed, 200_000, documents)
  }
}
console.table(rows)
