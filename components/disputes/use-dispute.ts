import { useEffect, useState } from 'react'
import { MarginRoom } from '#components/client/margin-room.ts'
import { pageChannels } from '#components/client/page-channels.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { FeedEventKind } from '#domain/wire/feed.ts'
import { fetchDispute } from './dispute-api.ts'

/**
 * A dispute, kept up: each event of its thread in the margin room makes the page ask for it again, and so do a new
 * edition of the text it lies in and a connection that stands again. What comes late and is older than what is shown is left aside.
 */
export function useDispute(
  firstSeen: Dispute,
): readonly [Dispute, (next: Dispute) => void, () => Promise<void>] {
  const [dispute, setDispute] = useState(firstSeen)
  const { id, threadId, room } = firstSeen
  const address = room && `margin/${room.documentId}/${room.layerId}/${room.groupId}?v=1`
  const show = (next: Dispute) => setDispute((shown) => (next.version >= shown.version ? next : shown))
  const refresh = async () => show(await fetchDispute(id))

  useEffect(() => {
    if (!address) return
    const ask = () =>
      // A failure is followed by the next event, or by the connection that stands again.
      void fetchDispute(id).then(
        (next) => setDispute((shown) => (next.version >= shown.version ? next : shown)),
        () => {},
      )
    const joined = new MarginRoom(
      pageChannels(),
      address,
      { at: null, writingIn: null },
      {
        onOpen: ask,
        onFeed: (event) => {
          if (threadOf(event) === threadId || concernsAll(event)) ask()
        },
        onPresence: () => {},
        onConnection: () => {},
      },
    )
    return () => joined.leave()
  }, [address, id, threadId])

  return [dispute, show, refresh]
}

const kindsForAll: readonly unknown[] = ['edition.published', 'reset'] satisfies FeedEventKind[]

/** Whether an event of the feed may concern every thread of the room. */
const concernsAll = (event: unknown) =>
  typeof event === 'object' && event !== null && kindsForAll.includes(Reflect.get(event, 'kind'))

/** The thread that an event of the feed is about. */
function threadOf(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return null
  const thread: unknown = Reflect.get(event, 'thread')
  return typeof thread === 'object' && thread !== null
    ? Reflect.get(thread, 'id')
    : Reflect.get(event, 'threadId')
}
