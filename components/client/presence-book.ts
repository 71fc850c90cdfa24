/** Who is in a margin room, as told by awareness frames. */
import type { Presence } from '#domain/wire/feed.ts'
import type { AwarenessEntry } from './awareness-frames.ts'

/** After this long without a word a client counts as gone; y-protocols' own limit. */
export const outdatedMs = 30_000

interface Known {
  readonly clock: number
  readonly presence: Presence | null
  readonly heardAt: number
}

/** What is known of each client. Immutable. */
export type PresenceBook = ReadonlyMap<number, Known>

/** Takes what clients say; older clocks change nothing, a null state at the same clock means the client left. */
export function hearPresence(
  book: PresenceBook,
  entries: readonly AwarenessEntry[],
  now: number,
): PresenceBook {
  const next = new Map(book)
  for (const { clientId, clock, state } of entries) {
    const known = next.get(clientId)
    const isNews =
      !known || clock > known.clock || (clock === known.clock && state === null && known.presence !== null)
    if (isNews) next.set(clientId, { clock, presence: toPresence(state), heardAt: now })
  }
  return next
}

/** Forgets the presence of clients that have been silent too long; the same book when there is none. */
export function dropOutdated(book: PresenceBook, now: number): PresenceBook {
  const isOutdated = (known: Known) => known.presence !== null && now - known.heardAt > outdatedMs
  if (![...book.values()].some(isOutdated)) return book
  return new Map(
    [...book].map(([id, known]) => [id, isOutdated(known) ? { ...known, presence: null } : known] as const),
  )
}

/** One entry for each person but `exceptUserId`, in order of name; of several windows the one that writes counts. */
export function peopleHere(books: Iterable<PresenceBook>, exceptUserId: string | null): readonly Presence[] {
  const people = new Map<string, Presence>()
  for (const book of books) {
    for (const { presence } of book.values()) {
      if (!presence || presence.user.id === exceptUserId) continue
      const other = people.get(presence.user.id)
      if (!other || (other.writingIn === null && presence.writingIn !== null))
        people.set(presence.user.id, presence)
    }
  }
  return [...people.values()].sort((a, b) => a.user.name.localeCompare(b.user.name))
}

/** Reads what a client says; null when it is not a presence, such as that of a client that is no reader page. */
function toPresence(state: unknown): Presence | null {
  if (typeof state !== 'object' || state === null) return null
  const user: unknown = Reflect.get(state, 'user')
  if (typeof user !== 'object' || user === null) return null
  const [id, name, color] = ['id', 'name', 'color'].map((key): unknown => Reflect.get(user, key))
  if (typeof id !== 'string' || typeof name !== 'string') return null
  const at: unknown = Reflect.get(state, 'at')
  const writingIn: unknown = Reflect.get(state, 'writingIn')
  return {
    user: { id, name, color: typeof color === 'string' ? color : '' },
    at: typeof at === 'number' ? at : null,
    writingIn: typeof writingIn === 'string' ? writingIn : null,
  }
}
