import { type Actor, hasRole } from './actor.ts'
import { isOpen, liveGroups, members, writers } from './conditions.ts'
import type { LayerFacts, ThreadFacts } from './subjects.ts'

/**
 * Why somebody who reads a thread or a layer may not write there at `now` (milliseconds since 1970): a sentence for
 * them, which tells nothing that they do not see. `otherwise` is said when none of the usual reasons holds.
 */
export function whyNotWrite(
  actor: Actor,
  { locked, layer }: Pick<ThreadFacts, 'locked' | 'layer'>,
  now: number,
  otherwise: string,
): string {
  if (locked) return 'This thread is locked.'
  if (layer.kind === 'private') return otherwise
  if (!hasRole(actor, layer.groupIds, members)) return 'Only members of the group write here.'
  if (liveGroups(layer).length === 0) return 'The group is archived, and is only read now.'
  if (!isOpen(layer, now)) return whyClosed(layer, now)
  return hasRole(actor, liveGroups(layer), writers) ? otherwise : 'You may only read in this group.'
}

const whyClosed = ({ closesAt }: LayerFacts, now: number) =>
  closesAt !== null && closesAt <= now
    ? 'This layer is closed for writing.'
    : 'This layer is not open for writing yet.'
