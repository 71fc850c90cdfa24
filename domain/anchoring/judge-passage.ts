import type { TextRange } from '#domain/text/edition-text.ts'
import { type Alignment, MAIN_BLOCK } from './alignment.ts'
import { findGap } from './find-gap.ts'
import { hasRival, likeliestOfRepeats } from './find-rivals.ts'
import { type FoldedPassage, foldPassage } from './folded-passage.ts'
import { type Landing, landPassage } from './map-passage.ts'
import type { Placed, Reanchored } from './reanchored.ts'
import { type Support, weighSupport } from './weigh-support.ts'

/** Share of a passage's letters in words that live on, from which it is the same passage with changes. */
const CHANGED_FROM = 0.45

/** Below this share what is left of a passage is no passage any more, and it counts as deleted. */
const UNCERTAIN_FROM = 0.25

/**
 * Share of the words around a place that must be those around the passage. With a third of them gone from a text in
 * which every fifth word was edited, right places lie above this and chance likenesses below.
 */
const LEAST_CONTEXT = 0.3

/** Weight of the words of a passage from which these tell its place without the words around it: a line of text. */
const OWN_WITNESS = 12

/** Share of a short passage's letters that must live on where one side of its context is lost altogether. */
const WHOLE_FROM = 0.7

/** Weight below which what lives on of a passage is short: two rare words. */
const SHORT_WEIGHT = 4

/** Weight of matched words, in the passage and around it, without which a place is not believed: two rare words. */
const LEAST_WEIGHT = 3

/** Share of the context that makes up for little weight: in a text of few words nothing weighs much. */
const FULL_CONTEXT = 0.8

/** Decides what became of one passage. */
export function judgePassage(alignment: Alignment, range: TextRange): Reanchored {
  const passage = foldPassage(alignment.old, range)
  const landing = landPassage(alignment, passage)
  if (!landing) return judgeLost(alignment, passage, 1)
  const support = weighSupport(alignment, passage, landing)
  const isReplaced = landing.keptShare === 0 && support.contextShare >= 0.5
  if (landing.keptShare < UNCERTAIN_FROM && !isReplaced)
    return judgeLost(alignment, passage, 1 - landing.keptShare)
  const place = { ...landing.range, confidence: confidenceOf(landing, support) }
  const doubt = doubtOf(alignment, passage, landing, support)
  if (doubt) return { state: 'uncertain', ...place, reason: doubt }
  if (!isSameText(alignment, passage, landing)) return { state: 'changed', ...place, reason: 'words-differ' }
  if (passage.endWord > passage.firstWord && isMoved(alignment, landing))
    return { state: 'moved', ...place, reason: 'same-words-elsewhere' }
  return { state: 'exact', ...place, reason: 'same-words' }
}

function isMoved({ block, passed }: Alignment, { first }: Landing): boolean {
  return block[first] !== MAIN_BLOCK || passed[first] === 1
}

/** A deleted passage, unless it is one of several equal ones of which any may have been the one deleted. */
function judgeLost(alignment: Alignment, passage: FoldedPassage, confidence: number): Reanchored {
  const range = likeliestOfRepeats(alignment, passage)
  if (range) return { state: 'uncertain', ...range, confidence: 0.5, reason: 'second-best-near' }
  return { state: 'orphaned', gap: findGap(alignment, passage), confidence, reason: 'deleted' }
}

function doubtOf(
  alignment: Alignment,
  passage: FoldedPassage,
  landing: Landing,
  support: Support,
): Placed['reason'] | null {
  if (landing.keptShare === 0) return 'replaced'
  if (landing.keptShare < CHANGED_FROM) return 'little-left'
  if (support.contextShare < LEAST_CONTEXT && support.ownWeight < OWN_WITNESS) return 'context-lost'
  const isScrap = landing.keptShare < WHOLE_FROM && support.ownWeight < SHORT_WEIGHT
  if (isScrap && support.weakerSide === 0) return 'context-lost'
  if (support.weight < LEAST_WEIGHT && support.contextShare < FULL_CONTEXT) return 'context-lost'
  return hasRival(alignment, passage, landing) ? 'second-best-near' : null
}

/** All words kept and all context kept is certainty; each counts for about half. */
function confidenceOf({ keptShare }: Landing, { contextShare }: Support): number {
  return Math.min(1, keptShare * (0.5 + 0.5 * contextShare))
}

function isSameText({ old, renewed }: Alignment, passage: FoldedPassage, { folded }: Landing): boolean {
  return (
    old.text.folded.slice(passage.start, passage.end) === renewed.text.folded.slice(folded.start, folded.end)
  )
}
