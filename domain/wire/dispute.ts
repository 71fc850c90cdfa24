/** Disputes, as the API answers with them; what it is asked for is in `dispute-requests.ts`. */
import { z } from 'zod'
import { wordsInPlace } from './edition.ts'
import { differenceKind } from './parallel.ts'
import { id, instant, personRef, richText } from './shared.ts'
import { disputeStatus, hiddenPassage, reply, visiblePassage } from './thread.ts'

export const side = z.enum(['for', 'against'])

/** Shows that something is there, and nothing of it. */
const hidden = z.object({ id, hidden: z.literal(true) })

/** The document that a passage lies in, as far as a citation of it needs. */
export const citedDocument = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  /** Of the edition that is current now, in which `start` and `end` are. */
  edition: z.number().int().positive(),
  /** Withdrawn: the words stay as they were quoted, the text is not to be opened. */
  withdrawn: z.boolean(),
})

/** A passage with its document; `place` is how it reads there now, null where it stands no more or may not be opened. */
export const disputePassage = visiblePassage.extend({
  document: citedDocument,
  /** The number of the edition that `exact` was quoted from. */
  quotedFrom: z.number().int().positive(),
  place: wordsInPlace.nullable(),
})

const anyPassage = z.union([disputePassage, hiddenPassage])

/** Words of one side of a parallel; offsets count from the first sign of the passage, before which `start` is negative. */
const quotedWords = z.object({ start: z.number().int(), end: z.number().int(), words: z.string() })

/** How the two passages of a parallel differed when it was brought as evidence. */
export const quotedParallel = z.object({
  parallelId: id,
  similarity: z.number().min(0).max(1),
  sharedWords: z.number().int(),
  differences: z.array(
    z.object({ kind: differenceKind, here: quotedWords, there: quotedWords, elided: z.boolean() }),
  ),
})

/** What a piece of evidence is. */
export const evidenceSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passage'), passage: disputePassage }),
  quotedParallel.extend({ kind: z.literal('parallel'), here: disputePassage, there: disputePassage }),
  z.object({
    kind: z.literal('thread'),
    thread: z.object({
      id,
      documentSlug: z.string().nullable(),
      author: personRef,
      text: z.string(),
      deleted: z.boolean(),
    }),
  }),
  z.object({ kind: z.literal('citation'), citation: z.string() }),
])

export const visibleEvidence = z.object({
  id,
  positionId: id,
  side,
  author: personRef,
  note: z.string(),
  source: evidenceSource,
  replies: z.array(reply),
  createdAt: instant,
  /** Whether the asker may move, change or remove it. */
  mayChange: z.boolean(),
})

export const evidence = z.union([visibleEvidence, hidden])

export const heldPosition = z.object({ id, share: z.number().min(0).max(1) })

/** How a position read when the stance was taken; null where it still reads so. */
const takenAs = z.string().nullable()

/** A person who holds a position; `left`: they are no longer among those who may take part. */
export const holder = z.object({
  person: personRef,
  share: z.number().min(0).max(1),
  takenAs,
  left: z.boolean(),
})

export const position = z.object({
  id,
  number: z.number().int().positive(),
  statement: z.string(),
  author: personRef,
  note: z.object({ text: z.string(), json: richText }),
  /** Whoever holds it still does; nobody takes it up, and it takes no more evidence. */
  withdrawn: z.boolean(),
  /** Whether the asker holds it and so writes in its note. */
  mayWrite: z.boolean(),
  /** Whether the asker may reword it, withdraw it and take it up again. */
  mayChange: z.boolean(),
  holders: z.array(holder),
  evidence: z.array(evidence),
})

/** A row of the history. What concerns evidence that the asker may not see tells only that it happened. */
export const disputeEvent = z.object({ number: z.number().int().positive(), at: instant }).and(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('raised'), by: personRef, question: z.string() }),
    z.object({ kind: z.literal('retitled'), by: personRef, from: z.string(), to: z.string() }),
    z.object({ kind: z.literal('passage-added'), by: personRef, passageId: id }),
    z.object({ kind: z.literal('passage-removed'), by: personRef, passageId: id }),
    z.object({ kind: z.literal('position'), by: personRef, positionId: id, statement: z.string() }),
    z.object({
      kind: z.literal('position-reworded'),
      by: personRef,
      positionId: id,
      from: z.string(),
      to: z.string(),
    }),
    z.object({ kind: z.literal('position-withdrawn'), by: personRef, positionId: id }),
    z.object({ kind: z.literal('position-restored'), by: personRef, positionId: id }),
    z.object({ kind: z.literal('evidence'), by: personRef, evidenceId: id, positionId: id, side }),
    z.object({
      kind: z.literal('evidence-moved'),
      by: personRef,
      evidenceId: id,
      from: z.object({ positionId: id, side }),
      to: z.object({ positionId: id, side }),
    }),
    z.object({ kind: z.literal('evidence-reworded'), by: personRef, evidenceId: id }),
    z.object({ kind: z.literal('evidence-removed'), by: personRef, evidenceId: id }),
    z.object({ kind: z.literal('hidden-evidence'), evidenceId: id }),
    z.object({
      kind: z.literal('stance'),
      by: personRef,
      positions: z.array(heldPosition),
      reason: z.string(),
      /** What was new since their last stance. */
      newEvidenceIds: z.array(id),
    }),
    z.object({
      kind: z.literal('status'),
      by: personRef,
      from: disputeStatus,
      to: disputeStatus,
      outcome: z.string(),
      positionId: id.nullable(),
      rationale: z.string(),
    }),
  ]),
)

/** How a dispute ended. */
export const outcome = z.object({
  text: z.string(),
  /** The position that it follows, if it follows one. */
  positionId: id.nullable(),
  rationale: z.string(),
  by: personRef,
  at: instant,
})

/** A dispute as the register has it. */
export const disputeSummary = z.object({
  id,
  threadId: id,
  question: z.string(),
  status: disputeStatus,
  outcome: z.string().nullable(),
  raisedBy: personRef,
  tags: z.array(z.string()),
  layer: z.object({ id, name: z.string() }),
  /** Those of its passages that may be read; `hidden` counts the others. */
  passages: z.array(
    z.object({
      documentId: id,
      slug: z.string(),
      title: z.string(),
      exact: z.string(),
      start: z.number().int(),
    }),
  ),
  hidden: z.number().int(),
  positions: z.array(z.object({ id, statement: z.string(), held: z.number() })),
  undecided: z.number().int(),
  evidenceCount: z.number().int(),
  /** From 0 to 1; null while the stances are hidden from the asker. */
  dividedness: z.number().min(0).max(1).nullable(),
  following: z.boolean(),
  /** How much of what followers hear of is new to the asker. */
  news: z.number().int(),
  createdAt: instant,
  activeAt: instant,
  version: z.number().int(),
})

export const dispute = z.object({
  id,
  threadId: id,
  documentId: id,
  layerId: id,
  question: z.string(),
  status: disputeStatus,
  outcome: outcome.nullable(),
  raisedBy: personRef,
  tags: z.array(z.string()),
  /** What the thread that was raised says. */
  note: z.object({ author: personRef, text: z.string(), json: richText }).nullable(),
  passages: z.array(anyPassage),
  positions: z.array(position),
  undecided: z.array(z.object({ person: personRef, left: z.boolean() })),
  /** While a layer is blind, others' stances are not told. */
  stancesHidden: z.boolean(),
  dividedness: z.number().min(0).max(1).nullable(),
  mine: z.object({ positions: z.array(heldPosition.extend({ takenAs })), reason: z.string() }).nullable(),
  following: z.boolean(),
  history: z.array(disputeEvent),
  replies: z.array(reply),
  /** The margin room in which one hears of its changes; null where none may be entered. */
  room: z.object({ documentId: id, layerId: id, groupId: z.string() }).nullable(),
  may: z.object({
    /** To add positions and evidence. */
    takePart: z.boolean(),
    takeStance: z.boolean(),
    /** Groups in which the asker may answer; null is the one place of a private layer. */
    replyIn: z.array(id.nullable()),
    /** Whether the asker may put the question otherwise, and say which passages it is about. */
    reshape: z.boolean(),
    /** Where the asker may lead it. */
    become: z.array(disputeStatus),
  }),
  createdAt: instant,
  activeAt: instant,
  version: z.number().int(),
})

/** Where a dispute lies in a document, and how divided it is and was when each of the last weeks ended. */
export const mappedDispute = z.object({
  id,
  threadId: id,
  question: z.string(),
  status: disputeStatus,
  start: z.number().int(),
  end: z.number().int(),
  /** Null while the stances are hidden from the asker. */
  dividedness: z.number().nullable(),
  weeks: z.array(z.object({ monday: z.string(), dividedness: z.number() })),
})
export const disputeMap = z.object({
  documentId: id,
  /** Code units of the text. */
  length: z.number().int(),
  items: z.array(mappedDispute),
})

/** Something that a follower has not seen. */
export const disputeNews = z.object({
  dispute: z.object({ id, question: z.string(), status: disputeStatus }),
  event: disputeEvent,
})

export const disputeNewsCount = z.object({ count: z.number().int().nonnegative() })

export type CitedDocument = z.infer<typeof citedDocument>
export type Dispute = z.infer<typeof dispute>
export type DisputeEvent = z.infer<typeof disputeEvent>
export type DisputeMap = z.infer<typeof disputeMap>
export type DisputeNews = z.infer<typeof disputeNews>
export type DisputePassage = z.infer<typeof disputePassage>
export type DisputePosition = z.infer<typeof position>
export type DisputeSummary = z.infer<typeof disputeSummary>
export type Evidence = z.infer<typeof evidence>
export type EvidenceSource = z.infer<typeof evidenceSource>
export type MappedDispute = z.infer<typeof mappedDispute>
export type QuotedParallel = z.infer<typeof quotedParallel>
export type VisibleEvidence = z.infer<typeof visibleEvidence>
