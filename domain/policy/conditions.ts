/** The conditions that the policy's table is made of, each a question about the actor and what they act on. */
import { type Actor, hasRole, type Role } from './actor.ts'
import { reaches } from './scope.ts'
import type { LayerFacts, ThreadFacts } from './subjects.ts'

/** Those who moderate a group. */
export const moderators: readonly Role[] = ['owner', 'instructor']
/** Those who write in a group's discussion. */
export const writers: readonly Role[] = ['owner', 'instructor', 'reader']
/** All who belong to a group. */
export const members: readonly Role[] = ['owner', 'instructor', 'reader', 'observer']

export const isPerson = (actor: Actor) => actor.kind === 'person'
export const isOperator = (actor: Actor) => actor.kind === 'operator'
export const isAdmin = (actor: Actor) =>
  isOperator(actor) || (actor.kind === 'person' && actor.admin && reaches(actor, 'admin'))
export const isSelf = (actor: Actor, userId: string | null) =>
  actor.kind === 'person' && actor.userId === userId

/** Whether they teach any group at all. */
export const teaches = (actor: Actor) =>
  actor.kind === 'person' && hasRole(actor, Object.keys(actor.memberships), moderators)

/** Roles that an instructor gives and takes. */
export const isBelowInstructor = (role: Role) => role === 'reader' || role === 'observer'

/** Whether it is written in at this time. */
export const isOpen = (layer: LayerFacts, now: number) =>
  (layer.opensAt === null || layer.opensAt <= now) && (layer.closesAt === null || now < layer.closesAt)

/** The groups of a layer in which it is written: an archived group only reads. */
export const liveGroups = ({ groupIds, archivedGroupIds }: LayerFacts) =>
  groupIds.filter((groupId) => !archivedGroupIds.includes(groupId))

/** Whether they moderate one of the groups that the layer lies over. */
export const moderatesLayer = (actor: Actor, layer: LayerFacts) =>
  layer.kind !== 'private' && hasRole(actor, layer.groupIds, moderators)

/**
 * Whether what `author` wrote in a thread is uncovered for the actor: in a blind layer one's own words and those of
 * instructors always are, everything is for instructors, and the rest once one has posted enough of one's own.
 */
export const isUncovered = (
  actor: Actor,
  { layer, seenBy }: ThreadFacts,
  author: { readonly authorId: string; readonly byInstructor: boolean },
) =>
  layer.blind === null ||
  isSelf(actor, author.authorId) ||
  author.byInstructor ||
  moderatesLayer(actor, layer) ||
  (actor.kind === 'person' && seenBy.includes(actor.userId))
