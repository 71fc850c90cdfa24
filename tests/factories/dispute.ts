/** Disputes for tests. */
import type { Person } from '#domain/policy/actor.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { NewDisputeOnPassage } from '#domain/wire/dispute-requests.ts'
import type { Services } from '#server/services/services.ts'

/** Where the dispute is opened, and what may be said of it; the rest is made up. */
export type DisputeOptions = Pick<NewDisputeOnPassage, 'documentId' | 'layerId'> &
  Partial<NewDisputeOnPassage> & {
    /** Statements of its positions, by whoever raises it. */
    readonly positions?: readonly string[]
  }

/** A dispute by `author` about one sentence of the sample text, unless said otherwise. */
export async function aDispute(
  services: Pick<Services, 'disputes'>,
  author: Person,
  { positions = ['It minds.', 'It does not.'], ...options }: DisputeOptions,
): Promise<Dispute> {
  let dispute = await services.disputes.open(author, {
    question: 'Does the hedge mind?',
    passages: [{ exact: 'The hedge does not mind.' }],
    tags: [],
    ...options,
  })
  for (const statement of positions) {
    dispute = await services.disputes.addPosition(author, dispute.id, { statement })
  }
  return dispute
}

/** The id of the position with this number. Throws when there is none. */
export function positionOf({ positions }: Dispute, number: number): string {
  const found = positions.find((position) => position.number === number)
  if (!found) throw new Error(`there is no position ${number}`)
  return found.id
}
