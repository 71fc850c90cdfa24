/** Editions in preview, what they do to the passages, the queue of those a person must look at, and two side by side. */
import { z } from 'zod'
import { document, newDocument, repairKind, repairSummary } from './document.ts'
import { id, instant, personRef } from './shared.ts'
import { anchorState, threadKind } from './thread.ts'

const offset = z.number().int().nonnegative()

/** `preview` until it is published; `rolled-back` after a rollback, from which it can be published again. */
export const editionState = z.enum(['preview', 'current', 'earlier', 'rolled-back'])

export const edition = z.object({
  id,
  number: z.number().int().positive(),
  length: offset,
  blocks: offset,
  state: editionState,
  format: z.string(),
  fileName: z.string().nullable(),
  /** Bytes of the original. */
  size: offset,
  sha256: z.string(),
  /** What the import left out or could not read, each in one line. */
  notices: z.array(z.string()),
  repairs: z.array(repairSummary),
  createdBy: personRef.nullable(),
  createdAt: instant,
  publishedAt: instant.nullable(),
})

/** A new edition as text; files are sent as multipart `file`. */
export const newEdition = newDocument.pick({ id: true, format: true, content: true, repairs: true }).strict()

/** An edition made again of the same original, with these repairs and no others. */
export const repeatedEdition = z.strictObject({ id: newEdition.shape.id, repairs: z.array(repairKind) })

/** How many passages stand how, of those that the asker may read. */
export const anchorCounts = z.record(anchorState, offset)

/** What a new edition does to the passages. */
export const editionReport = z.object({ edition, anchors: anchorCounts })

/** Words with a little of what stands around them. */
export const wordsInPlace = z.object({
  before: z.string(),
  words: z.string(),
  after: z.string(),
  start: offset,
  end: offset,
  section: z.number().int().positive(),
  /** Null in a heading. */
  paragraph: z.number().int().positive().nullable(),
})

/** A place that an import repaired: the words as they are now, and in `was` as the source has them, line feeds included. */
export const repairedPlace = wordsInPlace.extend({ was: z.string() })

/** What one kind of repair did, with the first of its places; `lines`, which are joined everywhere, keep none. */
export const editionRepair = repairSummary.extend({ places: z.array(repairedPlace) })

/** Whose passages are meant: everybody's that the asker may read, when nothing is said. */
export const whichAnchors = z.strictObject({
  /** Only those of the asker's own threads. */
  mine: z.enum(['true', 'false']).optional(),
})

/** A stretch of words that both have, or that only one has. */
export const wordDifference = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })

/** One passage in one edition, with the words then and the words now. */
export const anchor = z.object({
  id,
  passageId: id,
  state: anchorState,
  confidence: z.number().min(0).max(1),
  /** Why the alignment decided so: see `domain/anchoring`; null where a person decided. */
  reason: z.string().nullable(),
  decidedBy: personRef.nullable(),
  decidedAt: instant.nullable(),
  version: z.number().int(),
  thread: z.object({
    id,
    kind: threadKind,
    layerId: id,
    author: personRef,
    /** The opening words of its note. */
    note: z.string(),
  }),
  /** As a person last confirmed it, in that edition. */
  // biome-ignore lint/suspicious/noThenProperty: a word of the API; being no function it is not awaited.
  then: wordsInPlace.extend({ edition: z.number().int().positive() }),
  /** Where it stands in this edition; of an orphaned one the gap where it was, with empty `words`. */
  now: wordsInPlace,
  differences: z.array(wordDifference),
  may: z.object({ decide: z.boolean() }),
})

export const anchorQuery = whichAnchors.extend({
  state: anchorState.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})

export const anchorList = z.object({ items: z.array(anchor), next: z.string().nullable() })

/** What a person decides of a passage: it stands where the alignment says, it stands elsewhere, or it is gone. */
export const anchorDecision = z.union([
  z.strictObject({ accept: z.literal(true) }),
  z.strictObject({ start: offset, end: offset }),
  z.strictObject({ state: z.literal('orphaned') }),
])

const range = z.object({ start: offset, end: offset })

const section = range.extend({
  number: z.number().int().positive(),
  firstBlock: offset,
  endBlock: offset,
  title: z.string(),
})

/** A block of `domain/text`; its `form` and `marks` are described there. */
const block = range.extend({
  index: offset,
  number: z.number().int().positive().nullable(),
  form: z.looseObject({ kind: z.string() }),
  text: z.string(),
  marks: z.array(range.extend({ kind: z.string() }).loose()),
})

/** One section of an edition beside another: see `Comparison` and `ComparisonRow` of the services. */
export const comparison = z.object({
  document,
  earlier: edition,
  later: edition,
  section,
  sections: z.array(section),
  rows: z.array(
    z.object({
      earlier: z.array(block),
      later: z.array(block),
      removed: z.array(range),
      added: z.array(range),
      moved: z.boolean(),
    }),
  ),
})

/** Query of a comparison: the other edition, and which section of this one. */
export const comparisonQuery = z.strictObject({
  with: z.coerce.number().int().positive(),
  section: z.coerce.number().int().positive().default(1),
})

export type EditionState = z.infer<typeof editionState>
export type Edition = z.infer<typeof edition>
export type NewEdition = z.infer<typeof newEdition>
export type AnchorCounts = z.infer<typeof anchorCounts>
export type EditionReport = z.infer<typeof editionReport>
export type WordsInPlace = z.infer<typeof wordsInPlace>
export type WordDifference = z.infer<typeof wordDifference>
export type EditionRepair = z.infer<typeof editionRepair>
export type RepairedPlace = z.infer<typeof repairedPlace>
export type WhichAnchors = z.infer<typeof whichAnchors>
export type AnchorRow = z.infer<typeof anchor>
export type AnchorQuery = z.infer<typeof anchorQuery>
export type AnchorList = z.infer<typeof anchorList>
export type AnchorDecision = z.infer<typeof anchorDecision>
export type ComparisonQuery = z.infer<typeof comparisonQuery>
