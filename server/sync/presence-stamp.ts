/** What others learn of someone in a margin: where they read, and which note they write in, if others may know of it. */
import { LRUCache } from 'lru-cache'
import type { Actor } from '#domain/policy/actor.ts'
import type { MarginRoomRef, Presence } from '#domain/wire/feed.ts'
import type { Services } from '../services/services.ts'
import type { AwarenessState } from './awareness-relay.ts'
import { stampPerson } from './person-stamp.ts'
import type { Seat } from './seat.ts'

/** How long an answer about a thread holds; a client says anew what it shows every 15 s. */
const rememberMs = 2_000

/** Makes what turns a client's state into what the others in the margin `ref` are shown: see `Presence`. */
export function stampPresence(services: Services, ref: MarginRoomRef) {
  const known = new LRUCache<string, Promise<boolean>>({ max: 1_000, ttl: rememberMs })

  /** Whether everyone in this margin may know of the thread: it is posted, not hidden, and in this layer, which covers nothing. */
  async function isOpenlyHere(actor: Actor, threadId: string): Promise<boolean> {
    try {
      const { state, hidden, layerId } = await services.threads.get(actor, threadId)
      if (state !== 'posted' || hidden || layerId !== ref.layerId) return false
      const { blind, revealedAt } = await services.layers.get(actor, layerId)
      return blind === null || revealedAt !== null
    } catch {
      return false
    }
  }

  return (seat: Seat, state: AwarenessState): AwarenessState | Promise<AwarenessState> => {
    const at =
      typeof state.at === 'number' && Number.isSafeInteger(state.at) && state.at >= 0 ? state.at : null
    const shown = { ...stampPerson(seat, state), at, writingIn: null }
    const { writingIn } = state
    if (typeof writingIn !== 'string') return shown
    const key = `${seat.userId ?? ''} ${writingIn}`
    const asked = known.get(key) ?? isOpenlyHere(seat.actor, writingIn)
    if (!known.has(key)) known.set(key, asked)
    return asked.then((isOpen): AwarenessState & Pick<Presence, 'at' | 'writingIn'> => ({
      ...shown,
      writingIn: isOpen ? writingIn : null,
    }))
  }
}
