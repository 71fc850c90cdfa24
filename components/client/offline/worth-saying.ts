/**
 * Whether somebody is told that words of theirs wait. What is typed with a connection is committed within moments and
 * waits in the sense that everything does: to say so would flicker at every pause of the server. Words that the page
 * does not speak of are not called saved either: that is said of what is committed, and of nothing else.
 */
import { isSaved, type SaveState } from '../save-state.ts'

/** A save that takes longer than this looks like a fault to whoever watches it, in milliseconds. */
export const noticedAfterMs = 3_000

/** Words that are not committed. */
export interface Waiting {
  /** Since when, in milliseconds. */
  readonly since: number
  /** Once they are worth a word they stay so until they are committed. */
  readonly isWorthSaying: boolean
}

/** Whether words wait at `now` (milliseconds), and how; `before` is what held when this was last asked. */
export function nextWaiting(before: Waiting | null, save: SaveState, now: number): Waiting | null {
  if (isSaved(save)) return null
  const since = before?.since ?? now
  const isLate = save.connection === 'lost' || now - since >= noticedAfterMs
  return { since, isWorthSaying: before?.isWorthSaying || isLate }
}
