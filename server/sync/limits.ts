/** Bounds that keep one client from costing others memory or time. Configured ones come from `Limits`. */

/** Above so many bytes that a socket has not passed on, further frames are held back and merged. */
export const startHoldingBytes = 256 * 1024
/** Frames that are held back are merged when they grow above this. */
export const mergeHeldAboveBytes = 256 * 1024
/** Frames held back and merged; above it the connection is dropped, and syncs anew when it comes back. */
export const maxHeldBytes = 8 * 1024 * 1024
/** What one connection may send before its room is loaded. */
export const maxWaitingBytes = 4 * 1024 * 1024
/** Changes of one note that wait for a database that does not answer; above it no new ones are taken. */
export const maxUnsavedBytes = 8 * 1024 * 1024
/** The same over all notes of this process. */
export const maxUnsavedBytesInAll = 64 * 1024 * 1024
/** A connection that has not answered a ping by the next one is dead. */
export const pingEveryMs = 25_000
/** An empty room is kept this long, so that a page that is loaded anew finds it warm. */
export const lingerMs = 5_000
/** The document of a note is let go when nothing was written between two looks so far apart; its text is derived by then. */
export const letGoAfterMs = 15_000
/** The looks are further apart for what is made of more bytes than this, by as much: making it anew keeps others waiting. */
export const letGoBytes = 50 * 1024
/** Awareness reaches each reader at most this often. */
export const awarenessEveryMs = 100
/** What was written on another server waits at most so long for something from here to go along with. */
export const shownAfterMs = 100
/** Text and JSON are derived when a note has not changed for so long, */
export const deriveAtRestMs = 600
/** on the next of these beats, which all notes have in common, so that what is due is stored together. */
export const deriveBeatMs = 250
/** And this often while it goes on changing. */
export const deriveEveryMs = 10_000
/** A snapshot is made after so many rows of the log, if together they are a quarter of the note, */
export const compactAfterUpdates = 200
/** or after so many. */
export const compactAtUpdates = 5_000
/** Someone who writes for long gets a version this often. */
export const versionEveryMs = 10 * 60_000
/** Rights that run out by themselves (a session, a layer that closes) are noticed this soon. */
export const askAgainEveryMs = 30_000
/** Events that wait for one slow recipient; above it they get `reset` instead. */
export const maxWaitingEvents = 500

/**
 * Whether one more message is allowed now: `perSecond` on average, twice as many at once. `perSecond` 0 allows all.
 * `now` is in milliseconds.
 */
export function createRateLimit(perSecond: number): (now: number) => boolean {
  const burst = perSecond * 2
  let left = burst
  let last = 0
  return (now) => {
    if (perSecond === 0) return true
    left = Math.min(burst, left + (Math.max(0, now - last) * perSecond) / 1_000)
    last = now
    if (left < 1) return false
    left -= 1
    return true
  }
}

/** Whether `size` is above a configured limit, where 0 is none. */
export const isOver = (size: number, limit: number) => limit > 0 && size > limit
