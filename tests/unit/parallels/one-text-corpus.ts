import { type FoundParallel, findParallels } from '#domain/parallels/find-parallels.ts'
import { MemoryCorpus } from '#tests/bench/parallels/memory-corpus.ts'

/** Words before and after a quotation, so that it does not stand alone; no two of these frames share five words. */
const frames = [
  [
    'Early that spring a grey letter came by the last post and nobody opened it. ',
    ' So it was left on the shelf beside the clock.',
  ],
  [
    'What the second volume adds is little enough for such a price. ',
    ' Readers may judge for themselves whether this suffices.',
  ],
] as const

/** What is found when `quoting` stands in one text and `source` in another. */
export async function compare(
  quoting: string,
  source: string,
): Promise<{ readonly found: readonly FoundParallel[]; readonly here: string; readonly there: string }> {
  const here = `${frames[0][0]}${quoting}${frames[0][1]}`
  const there = `${frames[1][0]}${source}${frames[1][1]}`
  return { found: await findParallels(here, new MemoryCorpus([there]), { ownText: null }), here, there }
}

/** The differences of the one find there is, as words: `[kind, here, there]`. */
export async function differencesOf(quoting: string, source: string): Promise<string[][]> {
  const { found } = await compare(quoting, source)
  return found[0]?.differences.map(({ kind, here, there }) => [kind, here.words, there.words]) ?? []
}
