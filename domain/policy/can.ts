/**
 * Who may do what: the one policy that pages, the API, the socket and the command line ask.
 *
 * It reads as a table: each action names the condition over the actor and the facts of what it acts on. A thread
 * is seen by whoever reads its layer; each of its passages needs `document.read` as well, and that is asked for
 * each passage. What a person may not read answers as what does not exist: see `refuse`.
 */
import type { ErrorCode } from '../app-error.ts'
import { AppError } from '../app-error.ts'
import { type Actor, hasRole, type Role } from './actor.ts'
import { reaches, scopeOf } from './scope.ts'
import type {
  DisputeFacts,
  DocumentFacts,
  GroupFacts,
  LayerFacts,
  ParallelFacts,
  ReplyFacts,
  ThreadFacts,
} from './subjects.ts'

/** The facts each action is decided on. */
export interface SubjectOf {
  'server.administer': null
  'audit.read': null
  'account.change': { readonly userId: string }
  'document.import': null
  'document.make-public': null
  'document.read': DocumentFacts
  'document.change': DocumentFacts
  'parallel.read': ParallelFacts
  'parallel.dismiss': ParallelFacts
  'group.create': null
  'group.read': GroupFacts
  'group.change': GroupFacts
  'group.invite': GroupFacts & { readonly role: Role }
  'group.set-role': GroupFacts & { readonly from: Role; readonly to: Role }
  'group.remove-member': GroupFacts & { readonly role: Role; readonly userId: string }
  'group.change-readings': GroupFacts
  'group.read-audit': GroupFacts
  'layer.read': LayerFacts
  'layer.write': LayerFacts
  'layer.change': LayerFacts
  'thread.read': ThreadFacts
  'thread.change': ThreadFacts
  'thread.organize': ThreadFacts
  'thread.moderate': ThreadFacts
  'passage.place': ThreadFacts
  'thread.reply': ThreadFacts & { readonly groupId: string | null }
  'note.write': ThreadFacts
  'reply.read': ReplyFacts
  'reply.change': ReplyFacts
  'reply.delete': ReplyFacts
  'dispute.raise': ThreadFacts
  'dispute.take-part': ThreadFacts
  'dispute.arbitrate': DisputeFacts
  'position.write': ThreadFacts & { readonly holds: boolean }
  'evidence.change': DisputeFacts & { readonly authorId: string }
  'stance.read': ThreadFacts & { readonly holderId: string }
}

export type Action = keyof SubjectOf

const moderators: readonly Role[] = ['owner', 'instructor']
const writers: readonly Role[] = ['owner', 'instructor', 'reader']
const members: readonly Role[] = ['owner', 'instructor', 'reader', 'observer']

type Rule<A extends Action> = (actor: Actor, subject: SubjectOf[A], now: number) => boolean

const isPerson = (actor: Actor) => actor.kind === 'person'
const isOperator = (actor: Actor) => actor.kind === 'operator'
const isAdmin = (actor: Actor) =>
  isOperator(actor) || (actor.kind === 'person' && actor.admin && reaches(actor, 'admin'))
const isSelf = (actor: Actor, userId: string | null) => actor.kind === 'person' && actor.userId === userId
const teaches = (actor: Actor) =>
  actor.kind === 'person' && hasRole(actor, Object.keys(actor.memberships), moderators)
const isOpen = (layer: LayerFacts, now: number) =>
  (layer.opensAt === null || layer.opensAt <= now) && (layer.closesAt === null || now < layer.closesAt)

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
  'group.invite': (actor, group) =>
    !group.archived &&
    (isOperator(actor) ||
      hasRole(actor, [group.id], ['owner']) ||
      (hasRole(actor, [group.id], ['instructor']) && isBelowInstructor(group.role))),
  'group.set-role': (actor, group) => hasRole(actor, [group.id], ['owner']) && !group.archived,
  'group.remove-member': (actor, group) =>
    isSelf(actor, group.userId) ||
    hasRole(actor, [group.id], ['owner']) ||
    (hasRole(actor, [group.id], ['instructor']) && isBelowInstructor(group.role)),
  'group.change-readings': (actor, group) =>
    (isOperator(actor) || hasRole(actor, [group.id], moderators)) && !group.archived,

  'group.read-audit': (actor, group) => hasRole(actor, [group.id], ['owner']),

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
        hasRole(actor, layer.groupIds, layer.write === 'members' ? writers : moderators),
  'layer.change': (actor, layer) => layer.kind !== 'private' && hasRole(actor, layer.groupIds, moderators),

  'thread.read': (actor, thread, now) =>
    can(actor, 'layer.read', thread.layer, now) &&
    (thread.state !== 'draft' || isSelf(actor, thread.authorId)) &&
    (!thread.hidden || isSelf(actor, thread.authorId) || can(actor, 'thread.moderate', thread, now)),
  'thread.change': (actor, thread, now) =>
    isSelf(actor, thread.authorId) && !thread.locked && can(actor, 'layer.write', thread.layer, now),
  'thread.organize': (actor, thread, now) =>
    (isSelf(actor, thread.authorId) && can(actor, 'layer.write', thread.layer, now)) ||
    can(actor, 'thread.moderate', thread, now),
  'thread.moderate': (actor, thread) =>
    thread.layer.kind !== 'private' &&
    thread.state !== 'draft' &&
    hasRole(actor, thread.layer.groupIds, moderators),
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
        thread.layer.groupIds.includes(thread.groupId) &&
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
    (reply.groupId === null || hasRole(actor, [reply.groupId], members)),
  'reply.change': (actor, reply, now) =>
    isSelf(actor, reply.authorId) &&
    can(actor, 'thread.reply', { ...reply.thread, groupId: reply.groupId }, now),
  'reply.delete': (actor, reply, now) =>
    isSelf(actor, reply.authorId) && can(actor, 'reply.read', reply, now),

  'dispute.raise': (actor, thread, now) =>
    can(actor, 'thread.read', thread, now) &&
    thread.state === 'posted' &&
    !thread.locked &&
    can(actor, 'layer.write', thread.layer, now),
  'dispute.take-part': (actor, thread, now) =>
    (thread.layer.kind === 'private' ? [null] : thread.layer.groupIds).some((groupId) =>
      can(actor, 'thread.reply', { ...thread, groupId }, now),
    ),
  'dispute.arbitrate': (actor, { thread, raisedById }, now) =>
    (isSelf(actor, raisedById) && can(actor, 'layer.write', thread.layer, now)) ||
    can(actor, 'thread.organize', thread, now),
  'position.write': (actor, thread, now) => thread.holds && can(actor, 'dispute.take-part', thread, now),
  'evidence.change': (actor, evidence, now) =>
    can(actor, 'dispute.take-part', evidence.thread, now) &&
    (isSelf(actor, evidence.authorId) || can(actor, 'dispute.arbitrate', evidence, now)),
  'stance.read': (actor, thread, now) => can(actor, 'thread.read', thread, now),
}

const isBelowInstructor = (role: Role) => role === 'reader' || role === 'observer'

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
