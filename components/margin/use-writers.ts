import { useMemo } from 'react'
import { peopleHere } from '#components/client/presence-book.ts'
import { useStore } from '#components/client/value-store.ts'
import { useReader } from '#components/reader/reader-context.ts'

/** Who writes in which note at this moment, by thread id; oneself left out. */
export function useWriters(): ReadonlyMap<string, string> {
  const { data, room } = useReader()
  const presence = useStore(room.store, (state) => state.presence)
  return useMemo(() => {
    const people = peopleHere(presence.values(), data.me?.id ?? null)
    return new Map(
      people.flatMap(({ user, writingIn }) => (writingIn ? [[writingIn, user.name] as const] : [])),
    )
  }, [presence, data.me])
}
