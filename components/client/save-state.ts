/**
 * Whether what was typed is on disk.
 *
 * The server counts, for each connection, the update and step-2 frames that it has committed (message 5). What this
 * browser sent beyond that number is not saved; neither is what it typed while no connection stood. A new connection
 * counts from 0 and opens with a step 2 that carries everything the server lacks.
 */

export interface SaveState {
  readonly connection: 'connecting' | 'open' | 'lost'
  /** Frames sent on this connection, and how many of them are committed. */
  readonly sent: number
  readonly committed: number
  /** Something was typed that no frame of this connection carries yet. */
  readonly unsent: boolean
  /** Why the server would not store the last frames, or null. */
  readonly refused: string | null
  /** The connection was ended for good: the close code and reason. */
  readonly ended: { readonly code: number; readonly reason: string } | null
}

export type SaveEvent =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'opened' }
  /** Typed here; `wasSent` when a frame carried it at once. */
  | { readonly kind: 'typed'; readonly wasSent: boolean }
  | { readonly kind: 'sent-update' }
  | { readonly kind: 'sent-step-2' }
  | { readonly kind: 'saved'; readonly count: number }
  | { readonly kind: 'unsaved'; readonly reason: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended'; readonly code: number; readonly reason: string }

/** Nothing typed, not connected yet. */
export const untouched: SaveState = {
  connection: 'connecting',
  sent: 0,
  committed: 0,
  unsent: false,
  refused: null,
  ended: null,
}

/** The state after an event. */
export function nextSaveState(state: SaveState, event: SaveEvent): SaveState {
  switch (event.kind) {
    case 'connecting':
      return { ...state, connection: 'connecting' }
    case 'opened':
      return { ...state, connection: 'open', sent: 0, committed: 0, refused: null, ended: null }
    case 'typed':
      return event.wasSent ? state : { ...state, unsent: true }
    case 'sent-update':
      return { ...state, sent: state.sent + 1 }
    case 'sent-step-2':
      return { ...state, sent: state.sent + 1, unsent: false }
    case 'saved':
      return { ...state, committed: Math.max(state.committed, event.count), refused: null }
    case 'unsaved':
      return { ...state, refused: event.reason }
    case 'lost':
      return { ...state, ...lost(state), connection: 'lost' }
    case 'ended':
      return {
        ...state,
        ...lost(state),
        connection: 'lost',
        ended: { code: event.code, reason: event.reason },
      }
  }
}

function lost(state: SaveState) {
  return { unsent: state.unsent || state.sent > state.committed, sent: 0, committed: 0 }
}

/** Whether everything typed here is committed. */
export function isSaved(state: SaveState): boolean {
  return !state.unsent && state.sent <= state.committed && state.refused === null
}
