/** Threads, passages and replies, as the API speaks of them. */
import { z } from 'zod'
import { layerKind } from './group.ts'
import { editionRef, id, instant, newId, personRef, richText, writtenText } from './shared.ts'

export const threadKind = z.enum(['highlight', 'note', 'question', 'commentary', 'dispute'])
/** Kinds that are made directly; a thread becomes a dispute by being raised to one. */
export const newThreadKind = z.enum(['highlight', 'note', 'question', 'commentary'])
export const threadState = z.enum(['draft', 'posted', 'deleted'])
export const threadStatus = z.enum(['open', 'resolved'])
export const disputeStatus = z.enum(['open', 'contested', 'settled', 'set-aside'])
export const anchorState = z.enum(['exact', 'moved', 'changed', 'uncertain', 'orphaned'])

const offset = z.number().int().nonnegative()
const tag = z.string().trim().min(1).max(60)
const tags = z.array(tag).max(30)

/** A passage that may be read; `start` and `end` are in the edition asked for. */
export const visiblePassage = z.object({
  id,
  documentId: id,
  editionId: id,
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  start: offset,
  end: offset,
  anchor: z.object({ state: anchorState, confidence: z.number().min(0).max(1) }),
})

/** A passage in a document that the reader may not open: that it exists, and no word of it. */
export const hiddenPassage = z.object({ id, hidden: z.literal(true) })

export const passage = z.union([visiblePassage, hiddenPassage])

export const reply = z.object({
  id,
  groupId: id.nullable(),
  author: personRef,
  /** Null under the tombstone of a deleted reply, and `text` is empty. */
  body: richText.nullable(),
  text: z.string(),
  version: z.number().int(),
  createdAt: instant,
  editedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  hidden: z.boolean(),
  /** Why a moderator hid it: for its author and moderators, who alone still see it. */
  hiddenReason: z.string().nullable(),
})

/** Where a thread was before it was moved or copied. */
export const provenance = z.object({
  how: z.enum(['moved', 'copied']),
  author: personRef,
  /** `name` is empty where it is not for everybody. */
  layer: z.object({ kind: layerKind, name: z.string() }),
  /** When it was written there. */
  at: instant,
})

export const statusChange = z.object({ status: threadStatus, reason: z.string(), by: personRef, at: instant })

/** What a thread that was raised to a dispute says of it; the rest is asked for by its id. */
export const disputeRef = z.object({
  id,
  question: z.string(),
  status: disputeStatus,
  /** Counts every change of the dispute. */
  version: z.number().int(),
})

export const thread = z.object({
  id,
  documentId: id,
  layerId: id,
  kind: threadKind,
  state: threadState,
  status: threadStatus,
  hidden: z.boolean(),
  /** Why a moderator hid it: for its author and moderators, who alone still see it. */
  hiddenReason: z.string().nullable(),
  locked: z.boolean(),
  pinned: z.boolean(),
  author: personRef,
  coWritten: z.boolean(),
  tags: z.array(z.string()),
  passages: z.array(passage),
  /** Null under a tombstone. */
  note: z.object({ text: z.string(), json: richText }).nullable(),
  /** Null for a thread that stays where it was opened. */
  provenance: provenance.nullable(),
  /** Of those to the thread itself; what is said of a piece of evidence stands with it. */
  replyCount: z.number().int(),
  /** Null while it was not raised to a dispute. */
  dispute: disputeRef.nullable(),
  /** Why it was last resolved or reopened; null while it never was. */
  lastStatusChange: statusChange.nullable(),
  createdAt: instant,
  updatedAt: instant,
  postedAt: instant.nullable(),
  version: z.number().int(),
  /** What the asker may do; the interface hides by it, the services decide by the same policy. */
  may: z.object({
    write: z.boolean(),
    change: z.boolean(),
    organize: z.boolean(),
    reply: z.boolean(),
    raise: z.boolean(),
    /** Take it out of its layer, to one that they may write in. */
    take: z.boolean(),
    flag: z.boolean(),
    moderate: z.boolean(),
  }),
})

/** One thread with all replies that the asker may read. */
export const threadWithReplies = thread.extend({
  replies: z.array(reply),
  statusHistory: z.array(statusChange),
})

/** A page of threads. `seq` and `epoch` say which state of the feed the first page showed. */
export const threadList = z.object({
  items: z.array(threadWithReplies),
  /** With `since`: threads that are gone for the asker. */
  gone: z.array(id),
  next: z.string().nullable(),
  seq: z.number().int().nullable(),
  epoch: z.string().nullable(),
  /** The current edition of the document: whoever shows another one has not heard of it yet. */
  edition: editionRef,
})

/** A place to mark: offsets in an edition, or a quotation to be found. */
export const newPassage = z.union([
  z.strictObject({
    documentId: id.optional(),
    editionId: id.optional(),
    start: offset,
    end: offset,
    /** When given, it must be what stands there. */
    exact: z.string().max(100_000).optional(),
  }),
  z.strictObject({
    documentId: id.optional(),
    editionId: id.optional(),
    exact: z.string().min(1).max(100_000),
    prefix: z.string().max(1_000).optional(),
    suffix: z.string().max(1_000).optional(),
  }),
])

export const newThread = z.strictObject({
  id: newId.optional(),
  documentId: id,
  layerId: id,
  kind: newThreadKind,
  /** Empty: the thread is about the whole document. */
  passages: z.array(newPassage).max(50).default([]),
  note: writtenText.optional(),
  tags: tags.default([]),
  /** Left out: as the layer says. */
  coWritten: z.boolean().optional(),
  draft: z.boolean().default(false),
})

export const threadChange = z.strictObject({
  kind: newThreadKind.optional(),
  tags: tags.optional(),
  coWritten: z.boolean().optional(),
  pinned: z.boolean().optional(),
  /** All passages of the thread from now on: `{id}` keeps one as it is. */
  passages: z
    .array(z.union([z.strictObject({ id }), newPassage]))
    .max(50)
    .optional(),
})

export const newStatus = z.strictObject({
  status: threadStatus,
  reason: z.string().trim().max(2_000).default(''),
})

/** Drafts to release together. */
export const draftsToPost = z.strictObject({ threadIds: z.array(id).min(1).max(200) })

/** Threads to move to another layer; with `copy` their opening notes are copied there instead. */
export const threadsToMove = z.strictObject({
  threadIds: z.array(id).min(1).max(200),
  layerId: id,
  copy: z.boolean().default(false),
})

/** What a moderator does with a thread. Whoever hides says why. */
export const moderation = z
  .strictObject({
    hidden: z.boolean().optional(),
    locked: z.boolean().optional(),
    reason: z.string().trim().max(2_000).default(''),
  })
  .refine(({ hidden, reason }) => hidden !== true || reason !== '', {
    path: ['reason'],
    message: 'is needed to hide something',
  })

/** What a moderator does with a reply. */
export const replyModeration = z
  .strictObject({ hidden: z.boolean(), reason: z.string().trim().max(2_000).default('') })
  .refine(({ hidden, reason }) => !hidden || reason !== '', {
    path: ['reason'],
    message: 'is needed to hide something',
  })

/** A word to the instructors that they should look at something. */
export const newFlag = z.strictObject({
  reason: z.string().trim().min(1).max(2_000),
  /** Left out: the thread itself. */
  replyId: id.optional(),
})

/** A flag in the queue, with what it is about as its reader sees it. */
export const flag = z.object({
  id,
  thread: z.object({ id, documentId: id, document: z.object({ slug: z.string(), title: z.string() }) }),
  /** Null: the thread itself. */
  replyId: id.nullable(),
  author: personRef,
  /** The first words of what is flagged. */
  text: z.string(),
  hidden: z.boolean(),
  locked: z.boolean(),
  flaggedBy: personRef,
  reason: z.string(),
  at: instant,
  /** Null while it waits. */
  settledBy: personRef.nullable(),
  settledAt: instant.nullable(),
})

/** An earlier state of a margin note. */
export const noteVersion = z.object({
  number: z.number().int(),
  text: z.string(),
  authors: z.array(personRef),
  createdAt: instant,
})

/** A wording that a reply had before. */
export const replyVersion = z.object({ text: z.string(), body: richText, writtenAt: instant })

export const newReply = z.strictObject({
  id: newId.optional(),
  body: writtenText,
  groupId: id.optional(),
  /** In the thread of a dispute: the evidence that is answered. */
  evidenceId: id.optional(),
})
export const replyChange = z.strictObject({ body: writtenText })

/** Query of a document's threads. `start` and `end` keep what overlaps that range of the edition. */
export const threadQuery = z.strictObject({
  layer: id.optional(),
  group: id.optional(),
  edition: id.optional(),
  since: z.coerce.number().int().min(0).optional(),
  kind: threadKind.optional(),
  status: threadStatus.optional(),
  start: z.coerce.number().int().min(0).optional(),
  end: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(500).optional(),
})

export type AnchorState = z.infer<typeof anchorState>
export type DisputeRef = z.infer<typeof disputeRef>
export type DisputeStatus = z.infer<typeof disputeStatus>
export type ThreadKind = z.infer<typeof threadKind>
export type ThreadStatus = z.infer<typeof threadStatus>
export type VisiblePassage = z.infer<typeof visiblePassage>
export type WirePassage = z.infer<typeof passage>
export type Provenance = z.infer<typeof provenance>
export type Moderation = z.infer<typeof moderation>
export type ReplyModeration = z.infer<typeof replyModeration>
export type NewFlag = z.infer<typeof newFlag>
export type Flag = z.infer<typeof flag>
export type ThreadsToMove = z.input<typeof threadsToMove>
export type Reply = z.infer<typeof reply>
export type StatusChange = z.infer<typeof statusChange>
export type Thread = z.infer<typeof thread>
export type ThreadWithReplies = z.infer<typeof threadWithReplies>
export type ThreadList = z.infer<typeof threadList>
export type NewPassage = z.infer<typeof newPassage>
export type NewThread = z.infer<typeof newThread>
export type ThreadChange = z.infer<typeof threadChange>
export type NewStatus = z.infer<typeof newStatus>
export type NewReply = z.infer<typeof newReply>
export type ReplyChange = z.infer<typeof replyChange>
export type ThreadQuery = z.infer<typeof threadQuery>
