/** A parallel as evidence: its two passages, to be kept like any other, and how they differ today. */
import type { Actor } from '#domain/policy/actor.ts'
import type { QuotedParallel } from '#domain/wire/dispute.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import { turnTo } from '../db/parallels.ts'
import type { ServiceContext } from './context.ts'
import { findSeenParallel, presentDifference } from './present-parallel.ts'

/**
 * What evidence keeps of a parallel, seen from the dispute's document where it is one of the two: finds are made
 * again with each edition, and what was quoted stays. Throws what `refuseUnread` says when the actor does not see it.
 */
export async function quoteParallel(
  context: ServiceContext,
  actor: Actor,
  parallelId: string,
  documentId: string,
): Promise<{ readonly passages: readonly NewPassage[]; readonly quoted: QuotedParallel }> {
  const { id, here, there, similarity, sharedWords, differences } = turnTo(
    await findSeenParallel(context, actor, parallelId),
    documentId,
  )
  return {
    passages: [here, there].map(({ document, editionId, start, end }) => ({
      documentId: document.id,
      editionId,
      start,
      end,
    })),
    quoted: {
      parallelId: id,
      similarity,
      sharedWords,
      differences: differences.map(presentDifference).map((difference) => ({
        ...difference,
        here: countedFrom(here.start, difference.here),
        there: countedFrom(there.start, difference.there),
      })),
    },
  }
}

const countedFrom = (
  origin: number,
  { start, end, words }: { readonly start: number; readonly end: number; readonly words: string },
) => ({ start: start - origin, end: end - origin, words })
