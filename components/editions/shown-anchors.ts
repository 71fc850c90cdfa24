/** Which passages of an edition are listed, as the address of the queue says it and as the API is asked. */
import type { WhichAnchors } from '#domain/wire/edition.ts'
import type { AnchorState } from '#domain/wire/thread.ts'

/** What a queue lists. */
export interface ShownAnchors {
  /** Null for all. */
  readonly state: AnchorState | null
  /** Only those of one's own notes. */
  readonly isMine: boolean
}

/** The address of a queue, on the page at `base`; with `place` also the text around that offset. */
export function queueAddress(base: string, { state, isMine }: ShownAnchors, place?: number): string {
  const query = new URLSearchParams({ state: state ?? 'all' })
  if (isMine) query.set('mine', 'true')
  if (place !== undefined) query.set('place', String(place))
  return `${base}?${query}`
}

/** The same as a query of the API. */
export function toAnchorQuery({ state, isMine }: ShownAnchors): WhichAnchors & { state?: AnchorState } {
  return { ...(state ? { state } : {}), ...(isMine ? { mine: 'true' } : {}) }
}
