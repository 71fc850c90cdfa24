/** What the API is asked for about disputes; what it answers is in `dispute.ts`. */
import { z } from 'zod'
import { side } from './dispute.ts'
import { id, newId, pageQuery } from './shared.ts'
import { disputeStatus, newPassage, newThread } from './thread.ts'

const shortText = z.string().trim().min(1).max(500)
const longText = z.string().trim().max(4_000)

export const newDispute = z.strictObject({ id: newId.optional(), question: shortText })
/** A dispute on passages that no thread is about yet: opens the thread as well. */
export const newDisputeOnPassage = newThread.omit({ kind: true, draft: true }).extend({ question: shortText })
export const disputeChange = z.strictObject({ question: shortText })
export const newDisputePassage = z.strictObject({ passage: newPassage })
export const newPosition = z.strictObject({ id: newId.optional(), statement: shortText })
/** `withdrawn: false` takes a withdrawn position up again. */
export const positionChange = z.strictObject({
  statement: shortText.optional(),
  withdrawn: z.boolean().optional(),
})

/** One source: a passage (by range or quotation), a parallel, a thread, or the citation of a work outside of the corpus. */
export const newEvidence = z
  .strictObject({
    id: newId.optional(),
    positionId: id,
    side,
    passage: newPassage.optional(),
    parallelId: id.optional(),
    threadId: id.optional(),
    citation: z.string().trim().min(1).max(4_000).optional(),
    note: longText.default(''),
  })
  .refine(
    ({ passage, parallelId, threadId, citation }) =>
      [passage, parallelId, threadId, citation].filter((source) => source !== undefined).length === 1,
    'needs one of passage, parallelId, threadId and citation',
  )

export const evidenceChange = z.strictObject({
  positionId: id.optional(),
  side: side.optional(),
  note: longText.optional(),
})

/** Positions held from now on, with any weights; none: undecided. */
export const newStance = z.strictObject({
  positions: z
    .array(z.strictObject({ id, weight: z.number().positive().max(1_000_000).default(1) }))
    .max(50)
    .refine(
      (positions) => new Set(positions.map((each) => each.id)).size === positions.length,
      'names a position twice',
    ),
  reason: longText.default(''),
})

export const newDisputeStatus = z.strictObject({
  status: disputeStatus,
  /** Left out beside `positionId`: the statement of that position. */
  outcome: longText.default(''),
  positionId: id.optional(),
  rationale: longText.default(''),
})

export const disputeSort = z.enum(['activity', 'dividedness', 'age'])

/** Which disputes of the register. */
export const disputeFilter = z.strictObject({
  status: disputeStatus.optional(),
  document: id.optional(),
  group: id.optional(),
  /** Raised it, stated a position or holds one. */
  person: id.optional(),
  tag: z.string().max(60).optional(),
  /** Raised on or after this day, and before the other; in UTC. */
  from: z.iso.date().optional(),
  before: z.iso.date().optional(),
  following: z.enum(['true']).optional(),
  sort: disputeSort.default('activity'),
})
export const disputeQuery = disputeFilter.extend(pageQuery.shape)

/** What disputes are exported as. */
export const exportFormat = z.enum(['md', 'csv', 'argdown', 'jsonld'])

export type DisputeChange = z.infer<typeof disputeChange>
export type DisputeFilter = z.infer<typeof disputeFilter>
export type DisputeQuery = z.infer<typeof disputeQuery>
export type DisputeSort = z.infer<typeof disputeSort>
export type EvidenceChange = z.infer<typeof evidenceChange>
export type ExportFormat = z.infer<typeof exportFormat>
export type NewDispute = z.infer<typeof newDispute>
export type NewDisputeStatus = z.infer<typeof newDisputeStatus>
export type NewDisputeOnPassage = z.infer<typeof newDisputeOnPassage>
export type NewEvidence = z.infer<typeof newEvidence>
export type NewDisputePassage = z.infer<typeof newDisputePassage>
export type NewPosition = z.infer<typeof newPosition>
export type NewStance = z.infer<typeof newStance>
export type PositionChange = z.infer<typeof positionChange>
