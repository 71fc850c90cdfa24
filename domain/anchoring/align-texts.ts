import { Alignment, MAIN_BLOCK } from './alignment.ts'
import { chainRuns } from './chain-runs.ts'
import { dropIslands } from './drop-islands.ts'
import { bindChain } from './fill-gaps.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { markPassed } from './mark-passed.ts'
import { bindMovedBlocks } from './moved-blocks.ts'
import { settleClaims } from './settle-claims.ts'
import { tokenizeBoth } from './tokenize.ts'
import { findRuns } from './unique-seeds.ts'
import { weighWords } from './word-weights.ts'

/**
 * Words of a seed in the whole text. Four words that stand once in each of two long texts are the same place but for
 * quotations; three bring chance likenesses that the chain has to throw out, five lose a tenth of the seeds where
 * every fifth word was edited.
 */
const SEED_LENGTH = 4

/** How many words before the first difference are left to the alignment: they may belong to what was inserted there. */
const UNSURE_EDGE = 8

/** Aligns two texts word by word: seeds, chain, gaps, islands, moved blocks, then who claims what. About linear in their length. */
export function alignTexts(oldText: string, newText: string): Alignment {
  const { old, new: renewed, vocabulary } = tokenizeBoth(oldText, newText)
  const alignment = new Alignment(old, renewed, vocabulary, weighWords(old, renewed, vocabulary))
  const head = Math.max(0, commonHead(old.ids, renewed.ids) - UNSURE_EDGE)
  const tail = Math.max(0, commonTail(old.ids, renewed.ids, head) - UNSURE_EDGE)
  alignment.bindRun(0, 0, head, MAIN_BLOCK)
  alignment.bindRun(old.count - tail, renewed.count - tail, tail, MAIN_BLOCK)
  const middle = alignment.stretch(head, old.count - tail, head, renewed.count - tail)
  bindChain(alignment, middle, chainRuns(findRuns(middle, SEED_LENGTH)), MAIN_BLOCK)
  dropIslands(alignment, MAIN_BLOCK, 0, old.count)
  bindMovedBlocks(alignment)
  settleClaims(alignment)
  joinNeighbours(alignment)
  markPassed(alignment)
  return alignment
}

function commonHead(a: Int32Array, b: Int32Array): number {
  const most = Math.min(a.length, b.length)
  let shared = 0
  while (shared < most && a[shared] === b[shared]) shared++
  return shared
}

function commonTail(a: Int32Array, b: Int32Array, head: number): number {
  const most = Math.min(a.length, b.length) - head
  let shared = 0
  while (shared < most && a[a.length - 1 - shared] === b[b.length - 1 - shared]) shared++
  return shared
}
