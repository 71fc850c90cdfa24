/**
 * Who may do what: the one policy that pages, the API, the socket and the command line ask.
 *
 * It reads as a table: each action names the condition over the actor and the facts of what it acts on. A thread
 * is seen by whoever reads its layer; each of its passages needs `document.read` as well, and that is asked for
 * each passage. What a person may not read answers as what does not exist: see `refuse`.
 */
import type { ErrorCode } from '../app-error.ts'
import { AppError } from '../app-error.ts'
import type { Action, SubjectOf } from './actions.ts'
import { type Actor, hasRole } from './actor.ts'
import {
  isAdmin,
  isBelowInstructor,
  isOpen,
  isOperator,
  isPerson,
  isSelf,
  isUncovered,
  liveGroups,
  members,
  moderatesLayer,
  moderators,
  teaches,
  writers,
} from './conditions.ts'
import { reaches, scopeOf } from './scope.ts'

type Rule<A extends Action> = (actor: Actor, subject: SubjectOf[A], now: number) => boolean

const rules: { readonly [A in Action]: Rule<A> } = {
  'server.administer': isAdmin,
  'audit.read': isAdmin,
  'account.change': (actor, { userId }) => isSelf(actor, userId),

  'document.import': (actor) => isAdmin(actor) || teaches(actor),
  'document.make-public': isAdmin,
  'document.read': (actor, document) =>
    isAdmin(actor) ||
    (!document.withdrawn &&
      (document.visibility === 'public' ||
        (document.visibility === 'signed-in' && isPerson(actor)) ||
        isSelf(actor, document.stewardId) ||
        hasRole(actor, document.groupIds, members))),
  'document.change': (actor, document) =>
    isAdmin(actor) || (isSelf(actor, document.stewardId) && !document.withdrawn),

  'parallel.read': (actor, { here, there }, now) =>
    can(actor, 'document.read', here, now) && can(actor, 'document.read', there, now),
  'parallel.dismiss': (actor, parallel, now) =>
    isPerson(actor) &&
    can(actor, 'parallel.read', parallel, now) &&
    [parallel.here, parallel.there].some(
      (document) =>
        isAdmin(actor) || isSelf(actor, document.stewardId) || hasRole(actor, document.groupIds, writers),
    ),

  'group.create': isPerson,
  'group.read': (actor, group) => isOperator(actor) || hasRole(actor, [group.id], members),
  'group.change': (actor, group) => hasRole(actor, [group.id], ['owner']) && !group.archived,
  'group.archive': (actor, group) => hasRole(actor, [group.id], ['owner']),
  'group.invite': (actor, group) =>
    !group.archived &&
    (isOperator(actor) ||
      hasRole(actor, [group.id], ['owner']) ||
      (hasRole(actor, [group.id], ['instructor']) && isBelowInstructor(group.role))),
  'group.set-role': (actor, group) => hasRole(actor, [group.id], ['owner']) && !group.archived,
  'group.mute-member': (actor, group) =>
    !isSelf(actor, group.userId) &&
    (hasRole(actor, [group.id], ['owner'])
      ? group.role !== 'owner'
      : hasRole(actor, [group.id], ['instructor']) && isBelowInstructor(group.role)),
  'group.remove-member': (actor, group) =>
    isSelf(actor, group.userId) ||
    hasRole(actor, [group.id], ['owner']) ||
    (hasRole(actor, [group.id], ['instructor']) && isBelowInstructor(group.role)),
  'group.change-readings': (actor, group) =>
    (isOperator(actor) || hasRole(actor, [group.id], moderators)) && !group.archived,
  'group.moderate': (actor, group) => hasRole(actor, [group.id], moderators),
  'group.read-audit': (actor, group) => hasRole(actor, [group.id], ['owner']),

  'layer.add': (actor, group) =>
    (isOperator(actor) || hasRole(actor, [group.id], moderators)) && !group.archived,
  'layer.read': (actor, layer) =>
    layer.kind === 'private'
      ? isSelf(actor, layer.ownerId)
      : layer.read === 'public' ||
        hasRole(actor, layer.groupIds, layer.read === 'members' ? members : moderators),
  'layer.write': (actor, layer, now) =>
    layer.kind === 'private'
      ? isSelf(actor, layer.ownerId)
      : can(actor, 'layer.read', layer, now) &&
        isOpen(layer, now) &&
        hasRole(actor, liveGroups(layer), layer.write === 'members' ? writers : moderators),
  'layer.change': moderatesLayer,
  'layer.reveal': moderatesLayer,

  'thread.read': (actor, thread, now) =>
    can(actor, 'layer.read', thread.layer, now) &&
    (thread.state !== 'draft' || isSelf(actor, thread.authorId)) &&
    (!thread.hidden || isSelf(actor, thread.authorId) || can(actor, 'thread.moderate', thread, now)) &&
    isUncovered(actor, thread, thread),
  'thread.change': (actor, thread, now) =>
    isSelf(actor, thread.authorId) && !thread.locked && can(actor, 'layer.write', thread.layer, now),
  'thread.organize': (actor, thread, now) =>
    (isSelf(actor, thread.authorId) && can(actor, 'layer.write', thread.layer, now)) ||
    can(actor, 'thread.moderate', thread, now),
  'thread.moderate': (actor, thread) => thread.state !== 'draft' && moderatesLayer(actor, thread.layer),
  'thread.flag': (actor, thread, now) =>
    isPerson(actor) &&
    thread.state === 'posted' &&
    hasRole(actor, thread.layer.groupIds, members) &&
    can(actor, 'thread.read', thread, now),
  'thread.take': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state !== 'deleted' &&
    ((isSelf(actor, thread.authorId) && !thread.locked) || can(actor, 'thread.moderate', thread, now)),
  // Another's thread goes into nobody's private layer: its author would lose it.
  'thread.move': (actor, { to, ...thread }, now) =>
    can(actor, 'thread.take', thread, now) &&
    (isSelf(actor, thread.authorId) || to.kind !== 'private') &&
    can(actor, 'layer.write', to, now),
  'thread.copy': (actor, { to, ...thread }, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state !== 'deleted' &&
    can(actor, 'layer.write', to, now),
  'passage.place': (actor, thread, now) =>
    thread.state !== 'deleted' &&
    (can(actor, 'thread.change', thread, now) || can(actor, 'thread.moderate', thread, now)),
  'thread.reply': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state === 'posted' &&
    !thread.locked &&
    (thread.layer.kind === 'private'
      ? isSelf(actor, thread.layer.ownerId) && thread.groupId === null
      : isOpen(thread.layer, now) &&
        thread.groupId !== null &&
        liveGroups(thread.layer).includes(thread.groupId) &&
        hasRole(
          actor,
          [thread.groupId],
          thread.layer.kind === 'custom' && thread.layer.write === 'instructors' ? moderators : writers,
        )),
  'note.write': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state !== 'deleted' &&
    !thread.locked &&
    can(actor, 'layer.write', thread.layer, now) &&
    (isSelf(actor, thread.authorId) || (thread.coWritten && thread.state === 'posted')),

  'reply.read': (actor, reply, now) =>
    can(actor, 'thread.read', reply.thread, now) &&
    // What was said to oneself stays so, even when its thread has moved to a group.
    (reply.groupId === null ? isSelf(actor, reply.authorId) : hasRole(actor, [reply.groupId], members)) &&
    (!reply.hidden || isSelf(actor, reply.authorId) || can(actor, 'reply.moderate', reply, now)) &&
    isUncovered(actor, reply.thread, reply),
  'reply.change': (actor, reply, now) =>
    isSelf(actor, reply.authorId) &&
    !reply.hidden &&
    can(actor, 'thread.reply', { ...reply.thread, groupId: reply.groupId }, now),
  'reply.delete': (actor, reply, now) =>
    isSelf(actor, reply.authorId) && can(actor, 'reply.read', reply, now),
  'reply.moderate': (actor, reply, now) =>
    reply.groupId !== null &&
    hasRole(actor, [reply.groupId], moderators) &&
    can(actor, 'thread.read', reply.thread, now),

  'dispute.raise': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state === 'posted' &&
    !thread.locked &&
    can(actor, 'layer.write', thread.layer, now),
  // What one says in another's dispute is read by all who read it: not while a layer keeps them from one another.
  'dispute.take-part': (actor, thread, now) =>
    can(actor, 'stance.take', thread, now) &&
    (thread.layer.blind === null || isSelf(actor, thread.authorId) || moderatesLayer(actor, thread.layer)),
  'stance.take': (actor, thread, now) =>
    (thread.layer.kind === 'private' ? [null] : thread.layer.groupIds).some((groupId) =>
      can(actor, 'thread.reply', { ...thread, groupId }, now),
    ),
  'dispute.arbitrate': (actor, { thread, raisedById }, now) =>
    (isSelf(actor, raisedById) && can(actor, 'layer.write', thread.layer, now)) ||
    can(actor, 'thread.organize', thread, now),
  'position.write': (actor, thread, now) => thread.holds && can(actor, 'dispute.take-part', thread, now),
  'position.change': changesPart,
  'evidence.change': changesPart,
  'stance.read': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    isUncovered(actor, thread, { authorId: thread.holderId, byInstructor: false }),
}

/** What somebody put into a dispute is theirs to change, and its arbiters’, while they take part in it. */
function changesPart(actor: Actor, part: SubjectOf['evidence.change'], now: number): boolean {
  return (
    can(actor, 'dispute.take-part', part.thread, now) &&
    (isSelf(actor, part.authorId) || can(actor, 'dispute.arbitrate', part, now))
  )
}

/**
 * Whether `actor` may do `action` to `subject` at `now` (milliseconds since 1970): as far as their scope reaches, and
 * by the table.
 */
export function can<A extends Action>(actor: Actor, action: A, subject: SubjectOf[A], now: number): boolean {
  const rule: Rule<A> = rules[action]
  return reaches(actor, scopeOf(action)) && rule(actor, subject, now)
}

/** The answer for what one may not read, existing or not: 401 without a sign-in, else 404. */
export function refuseUnread(actor: Actor): AppError {
  return actor.kind === 'anonymous'
    ? new AppError('unauthenticated', 'Please sign in.')
    : new AppError('not-found', 'There is nothing here that you may read.')
}

/** The answer for what one may read but not do. */
export function refuseAction(actor: Actor, message = 'You may not do this.'): AppError {
  const code: ErrorCode = actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden'
  return new AppError(code, code === 'forbidden' ? message : 'Please sign in.')
}
