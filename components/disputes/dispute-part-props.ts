import type { Dispute } from '#domain/wire/dispute.ts'

/** What a part of a dispute's page is given: the dispute, and whom it hands the one that an answer brought. */
export interface DisputePartProps {
  readonly dispute: Dispute
  readonly onDispute: (next: Dispute) => void
}
