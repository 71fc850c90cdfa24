/**
 * Where an alignment went on too far. Beyond the end of a quotation its author speaks: a word or two there that are the
 * same by chance are no part of it. And a passage does not end on words that are merely alike.
 */
import type { AlignedPassages, TwoTexts, WordPair } from './align-chain.ts'
import { isElidedAfter } from './read-words.ts'
import { closesQuotation, opensQuotation } from './sentence-borders.ts'
import { weightOfLetters } from './weigh-words.ts'

/** So many words in a row beyond a quote mark may be the same by chance. */
const CHANCE = 3

/** The alignment without what does not belong to it at both ends. */
export function trimEnds(texts: TwoTexts, { pairs, worth }: AlignedPassages): AlignedPassages {
  const first = firstToKeep(texts, pairs)
  const end = endToKeep(texts, pairs)
  if (end <= first) return { pairs, worth }
  const dropped = [...pairs.slice(0, first), ...pairs.slice(end)]
  const lost = dropped.reduce((sum, { here }) => sum + weightOfLetters(texts.here, here), 0)
  return { pairs: pairs.slice(first, end), worth: worth - lost }
}

/** Of several borders the outermost: what lies between two may be quoted too. */
function endToKeep(texts: TwoTexts, pairs: readonly WordPair[]): number {
  for (let at = pairs.length - 1; at >= pairs.length - CHANCE && at > 0; at--) {
    const [before, after] = [pairs[at - 1], pairs[at]]
    if (!before || !after || !isNext(before, after)) break
    const ends = (side: 'here' | 'there') =>
      closesQuotation(texts[side], before[side]) || isElidedAfter(texts[side], before[side])
    if (ends('here') !== ends('there')) return at
  }
  return pairs.length
}

function firstToKeep(texts: TwoTexts, pairs: readonly WordPair[]): number {
  for (let at = 1; at <= CHANCE && at < pairs.length; at++) {
    const [before, after] = [pairs[at - 1], pairs[at]]
    if (!before || !after || !isNext(before, after)) break
    const begins = (side: 'here' | 'there') =>
      opensQuotation(texts[side], after[side]) || isElidedAfter(texts[side], before[side])
    if (begins('here') !== begins('there')) return at
  }
  return 0
}

const isNext = (before: WordPair, after: WordPair) =>
  after.here === before.here + 1 && after.there === before.there + 1
