import type { Vocabulary, WordText } from './tokenize.ts'

/** What a match of the commonest imaginable word is worth, and what one that stands once in each text is worth. */
const COMMON = 0.5
const RARE = 2

/**
 * How much a match of each word says, by id: between 0.5 for a word that is everywhere and 2 for a rare one, by the
 * logarithm of its share (the "inverse document frequency" of retrieval, scaled to the two texts at hand).
 */
export function weighWords(old: WordText, renewed: WordText, vocabulary: Vocabulary): Float64Array {
  const counts = new Float64Array(vocabulary.words.length)
  for (const { ids } of [old, renewed])
    ids.forEach((id) => {
      counts[id] = (counts[id] ?? 0) + 1
    })
  const total = old.count + renewed.count
  const scale = Math.log(Math.max(4, total / 2))
  return counts.map(
    (count) => COMMON + (RARE - COMMON) * Math.min(1, Math.log(Math.max(1, total / count)) / scale),
  )
}
