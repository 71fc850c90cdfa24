/** What happens in a dispute: the kinds of rows that its history is made of, as they are stored. */
import { z } from 'zod'

const id = z.string()
const side = z.enum(['for', 'against'])

/** For or against a position. */
export type Side = z.infer<typeof side>

/** A row of the history, without its number, person and time. */
export const happening = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('raised'), question: z.string() }),
  z.object({ kind: z.literal('retitled'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('passage-added'), passageId: id }),
  z.object({ kind: z.literal('passage-removed'), passageId: id }),
  z.object({ kind: z.literal('position'), positionId: id, statement: z.string() }),
  z.object({ kind: z.literal('position-reworded'), positionId: id, from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('position-withdrawn'), positionId: id }),
  z.object({ kind: z.literal('position-restored'), positionId: id }),
  z.object({ kind: z.literal('evidence'), evidenceId: id, positionId: id, side }),
  z.object({
    kind: z.literal('evidence-moved'),
    evidenceId: id,
    from: z.object({ positionId: id, side }),
    to: z.object({ positionId: id, side }),
  }),
  z.object({ kind: z.literal('evidence-reworded'), evidenceId: id }),
  z.object({ kind: z.literal('evidence-removed'), evidenceId: id }),
  z.object({
    kind: z.literal('stance'),
    positions: z.array(z.object({ id, share: z.number() })),
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('status'),
    from: z.enum(['open', 'contested', 'settled', 'set-aside']),
    to: z.enum(['open', 'contested', 'settled', 'set-aside']),
    /** What it was settled with; empty for every other step. */
    outcome: z.string(),
    /** The position that the outcome follows; null where it follows none. */
    positionId: id.nullable(),
    rationale: z.string(),
  }),
])

export type Happening = z.infer<typeof happening>

/** What whoever follows a dispute hears of: new evidence, other words of what they may hold, every change of its status. */
export const newsKinds = [
  'evidence',
  'position-reworded',
  'status',
] as const satisfies readonly Happening['kind'][]
