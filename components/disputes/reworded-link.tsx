import type { ReactNode } from 'react'
import type { Dispute } from '#domain/wire/dispute.ts'

export interface RewordedLinkProps {
  readonly history: Dispute['history']
  readonly positionId: string
  readonly children: ReactNode
}

/** Leads to where the history of the page says how a position was last worded otherwise. */
export function RewordedLink({ history, positionId, children }: RewordedLinkProps) {
  const rewording = history.findLast(
    (event) => event.kind === 'position-reworded' && event.positionId === positionId,
  )
  return <a href={`#${eventId(rewording?.number ?? 1)}`}>{children}</a>
}

/** Where in the page a row of the history stands. */
export const eventId = (number: number) => `event-${number}`
