import type { FoundDifference } from '#domain/parallels/find-parallels.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { ParallelFacts } from '#domain/policy/subjects.ts'
import type { Parallel, ParallelDifference, ParallelPassage } from '#domain/wire/parallel.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import { findParallel, type ParallelSide, type StoredParallel } from '../db/parallels.ts'
import { findDocumentsOfParallel } from '../db/subjects.ts'
import type { ServiceContext } from './context.ts'

/**
 * A parallel that the actor sees. Throws what `refuseUnread` says otherwise, after one statement whether there is such a
 * parallel or not.
 */
export async function findSeenParallel(
  { database, now }: ServiceContext,
  actor: Actor,
  parallelId: string,
): Promise<StoredParallel> {
  const [one, other = one] = await findDocumentsOfParallel(database.db, parallelId)
  if (!one || !other || !can(actor, 'parallel.read', { here: one, there: other }, now())) {
    throw refuseUnread(actor)
  }
  const stored = await findParallel(database.db, parallelId)
  if (!stored) throw refuseUnread(actor)
  return stored
}

/** A parallel as this person sees it. Whether they may see it is for the caller to have asked. */
export function presentParallel(
  stored: StoredParallel,
  view: { readonly actor: Actor; readonly now: number; readonly people: readonly PersonRef[] },
): Parallel {
  const { dismissal } = stored
  return {
    id: stored.id,
    here: presentSide(stored.here),
    there: presentSide(stored.there),
    similarity: stored.similarity,
    sharedWords: stored.sharedWords,
    recurring: stored.isFormula,
    differences: stored.differences.map(presentDifference),
    dismissed: dismissal && {
      by: view.people.find(({ id }) => id === dismissal.byId) ?? { id: dismissal.byId, name: '' },
      at: dismissal.at.toISOString(),
      reason: dismissal.reason,
    },
    may: { dismiss: can(view.actor, 'parallel.dismiss', toParallelFacts(stored), view.now) },
  }
}

/** The facts that the policy decides on. */
export const toParallelFacts = ({ here, there }: StoredParallel): ParallelFacts => ({
  here: here.document,
  there: there.document,
})

/** A difference as the API speaks of it. */
export const presentDifference = ({ kind, here, there, isElided }: FoundDifference): ParallelDifference => ({
  kind,
  here,
  there,
  elided: isElided,
})

function presentSide({
  document: { id, slug, title },
  editionId,
  text,
  start,
  end,
}: ParallelSide): ParallelPassage {
  return { documentId: id, document: { slug, title }, editionId, exact: text, start, end }
}
