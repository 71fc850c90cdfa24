/** What people show in one room on other servers: kept so that those who come later see it, and it goes with its server. */
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Entry } from './awareness-entries.ts'

interface Remote extends Entry {
  readonly server: string
}

const maxRemembered = 2_000
const stamped = z.object({ user: z.object({ id: z.string() }) })

/** The people of one room who are elsewhere. */
export class RemotePresence {
  readonly #shown = new Map<number, Remote>()
  /** Whoever was taken out here and may be back: those who watch take them in again only by a higher clock. */
  readonly #ahead = new LRUCache<number, number>({ max: maxRemembered })

  /** Takes what `server` shows; answers what is to be told of it, or null when it is no news. */
  take(entry: Entry, server: string): Entry | null {
    const known = this.#shown.get(entry.clientId)
    const told = { ...entry, clock: entry.clock + (this.#ahead.get(entry.clientId) ?? 0) }
    if (entry.json === null) {
      // Another server may show them by now.
      if (known?.server !== server) return null
      this.#shown.delete(entry.clientId)
      return told
    }
    if (known && known.clock >= told.clock) return null
    this.#shown.set(entry.clientId, { ...told, server })
    return told
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#shown.values()
  }

  /** Forgets what a server showed; answers what is to be told of it. */
  forget(server: string): Entry[] {
    const gone = [...this.#shown.values()].filter((shown) => shown.server === server)
    for (const { clientId } of gone) {
      this.#shown.delete(clientId)
      this.#ahead.set(clientId, (this.#ahead.get(clientId) ?? 0) + 2)
    }
    return gone.map(({ clientId, clock }) => ({ clientId, clock: clock + 1, json: null }))
  }

  /** Forgets one client, who is here now. */
  drop(clientId: number): void {
    this.#shown.delete(clientId)
  }

  /** The id of the person who shows something under this client id (empty: a stranger), or undefined. */
  ownerOf(clientId: number): string | undefined {
    const json = this.#shown.get(clientId)?.json
    if (typeof json !== 'string') return undefined
    const state = stamped.safeParse(JSON.parse(json))
    return state.success ? state.data.user.id : ''
  }

  clockOf(clientId: number): number | undefined {
    return this.#shown.get(clientId)?.clock
  }
}
