/**
 * A thread as one person sees it. Everything that leaves the server about a thread passes here: whether they see it
 * at all, which passages with their words, which replies, and what they may do.
 *
 * A deleted thread is seen as a tombstone by those who read at least one reply that is left under it, and by
 * nobody else: whoever sees none must not learn from the tombstone that another group has answered.
 */
import { emptyNote } from '#domain/note/note-json.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { ReplyFacts, ThreadFacts } from '#domain/policy/subjects.ts'
import { noGroup } from '#domain/wire/feed.ts'
import type { Reply, ThreadWithReplies, WirePassage } from '#domain/wire/thread.ts'
import type { ReplyRecord } from '../db/replies.ts'
import type { PassageRecord, ThreadRecord } from '../db/threads.ts'

/** Who looks, when, and from where. */
export interface Viewpoint {
  readonly actor: Actor
  /** Milliseconds since 1970. */
  readonly now: number
  /** Seen from one group's room: only what was said there. Left out: everything they may read. */
  readonly groupId?: string
  /** The edition in which passages of its document are placed; others are placed in their current one. */
  readonly edition?: { readonly id: string; readonly documentId: string }
}

/** The part of a viewpoint that a margin room gives: nothing in a private layer's room, or where no room is meant. */
export const viewOfGroup = (groupId: string | undefined): Pick<Viewpoint, 'groupId'> =>
  groupId === undefined || groupId === noGroup ? {} : { groupId }

/** The thread as seen from there, or null for whoever may not see it. */
export function presentThread(thread: ThreadRecord, view: Viewpoint): ThreadWithReplies | null {
  if (!isVisible(thread, view)) return null
  const { actor, now } = view
  const facts = toThreadFacts(thread)
  const isDeleted = thread.state === 'deleted'
  const replies = visibleReplies(thread, view)
  const mayDo = (
    action:
      | 'note.write'
      | 'thread.change'
      | 'thread.organize'
      | 'thread.take'
      | 'thread.flag'
      | 'thread.moderate'
      | 'dispute.raise',
  ) => !isDeleted && can(actor, action, facts, now)
  return {
    id: thread.id,
    documentId: thread.documentId,
    layerId: thread.layerId,
    kind: thread.kind,
    state: thread.state,
    status: thread.status,
    hidden: thread.hidden,
    hiddenReason: thread.hiddenReason,
    locked: thread.locked,
    pinned: thread.pinned,
    author: thread.author,
    coWritten: thread.coWritten,
    tags: isDeleted ? [] : [...thread.tags],
    passages: thread.passages.map((passage) => presentPassage(passage, view)),
    note: isDeleted
      ? null
      : (thread.note ?? { text: '', json: { ...emptyNote, content: [...emptyNote.content] } }),
    dispute: isDeleted ? null : thread.dispute,
    provenance: isDeleted ? null : presentProvenance(thread),
    replyCount: replies.filter(({ deletedAt }) => deletedAt === null).length,
    lastStatusChange: thread.statusHistory.at(-1) ?? null,
    createdAt: thread.createdAt.toISOString(),
    updatedAt: thread.updatedAt.toISOString(),
    postedAt: thread.postedAt?.toISOString() ?? null,
    version: thread.version,
    may: {
      write: mayDo('note.write'),
      change: mayDo('thread.change'),
      organize: mayDo('thread.organize'),
      reply: groupsToReplyTo(thread, view).length > 0,
      raise: thread.dispute === null && mayDo('dispute.raise'),
      take: mayDo('thread.take'),
      flag: mayDo('thread.flag') && !isAuthor(actor, thread),
      moderate: mayDo('thread.moderate'),
    },
    replies: replies.map(presentReply),
    statusHistory: [...thread.statusHistory],
  }
}

/** Whether they see the thread at all, if only as a tombstone. */
export function isVisible(thread: ThreadRecord, view: Viewpoint): boolean {
  if (!can(view.actor, 'thread.read', toThreadFacts(thread), view.now)) return false
  return (
    thread.state !== 'deleted' || visibleReplies(thread, view).some(({ deletedAt }) => deletedAt === null)
  )
}

/** The facts that the policy decides on. */
export function toThreadFacts(
  thread: Pick<
    ThreadRecord,
    'author' | 'state' | 'hidden' | 'locked' | 'coWritten' | 'byInstructor' | 'seenBy' | 'layer'
  >,
): ThreadFacts {
  return {
    authorId: thread.author.id,
    state: thread.state,
    hidden: thread.hidden,
    locked: thread.locked,
    coWritten: thread.coWritten,
    byInstructor: thread.byInstructor,
    seenBy: thread.seenBy,
    layer: thread.layer,
  }
}

/** The groups in which they may answer now; null stands for the one place of a private layer. */
export function groupsToReplyTo(thread: ThreadRecord, { actor, now, groupId }: Viewpoint): (string | null)[] {
  const facts = toThreadFacts(thread)
  const groups = thread.layer.kind === 'private' ? [null] : thread.layer.groupIds
  return groups.filter(
    (group) =>
      (groupId === undefined || group === null || group === groupId) &&
      can(actor, 'thread.reply', { ...facts, groupId: group }, now),
  )
}

/** A reply as everyone sees it who may; a deleted one without its words. */
export function presentReply(reply: ReplyRecord): Reply {
  const isDeleted = reply.deletedAt !== null
  return {
    id: reply.id,
    groupId: reply.groupId,
    author: reply.author,
    body: isDeleted ? null : reply.body,
    text: isDeleted ? '' : reply.text,
    version: reply.version,
    createdAt: reply.createdAt.toISOString(),
    editedAt: reply.editedAt?.toISOString() ?? null,
    deletedAt: reply.deletedAt?.toISOString() ?? null,
    hidden: reply.hidden,
    hiddenReason: reply.hiddenReason,
  }
}

/** The facts about a reply that the policy decides on. */
export function toReplyFacts(thread: ThreadRecord, reply: ThreadRecord['replies'][number]): ReplyFacts {
  return {
    authorId: reply.author.id,
    byInstructor: reply.byInstructor,
    hidden: reply.hidden,
    groupId: reply.groupId,
    thread: toThreadFacts(thread),
  }
}

const isAuthor = (actor: Actor, { author }: ThreadRecord) =>
  actor.kind === 'person' && actor.userId === author.id

function presentProvenance({ provenance }: ThreadRecord): ThreadWithReplies['provenance'] {
  if (!provenance) return null
  const { how, author, layer, at } = provenance
  return { how, author, layer: { kind: layer.kind, name: layer.name }, at }
}

/** Of what is said in the thread, what they may read: about one piece of evidence, or (null) about the thread itself. */
export function visibleReplies(
  thread: ThreadRecord,
  { actor, now, groupId }: Viewpoint,
  evidenceId: string | null = null,
): ReplyRecord[] {
  return thread.replies.filter(
    (reply) =>
      reply.evidenceId === evidenceId &&
      (groupId === undefined || reply.groupId === null || reply.groupId === groupId) &&
      can(actor, 'reply.read', toReplyFacts(thread, reply), now),
  )
}

/** A passage with its words, for those who may read its document. */
export function presentPassage(passage: PassageRecord, { actor, now, edition }: Viewpoint): WirePassage {
  const { id, documentId, exact, prefix, suffix, document } = passage
  // Words that were marked stay with their thread when the document is withdrawn.
  const mayRead = document !== null && can(actor, 'document.read', { ...document, withdrawn: false }, now)
  if (!mayRead) return { id, hidden: true }
  const editionShown = edition?.documentId === documentId ? edition.id : document.currentEditionId
  const anchor = passage.anchors.find((each) => each.editionId === editionShown)
  return {
    id,
    documentId,
    editionId: passage.editionId,
    exact,
    prefix,
    suffix,
    start: anchor?.start ?? 0,
    end: anchor?.end ?? 0,
    anchor: { state: anchor?.state ?? 'orphaned', confidence: anchor?.confidence ?? 0 },
  }
}
