/**
 * Carries what was committed to whoever serves it, each room's events in the order of their numbers.
 *
 * Two transactions commit in the order of their numbers, but this process may hear of it in the other order. So the
 * writer takes a place in each room's queue while it still holds the room's lock (`hold`), which no other writer
 * can do before it has committed; what is committed waits until all that stand before it are committed or dropped.
 */
import type { Logger } from 'pino'
import { marginRoomName } from '#domain/wire/feed.ts'
import type { FeedBus, HeldEvents, Origin, RoomEvent } from './contracts/feed.ts'

interface Place {
  readonly event: RoomEvent
  state: 'held' | 'committed' | 'dropped'
}

/** A bus of this process. A listener that throws is logged, and keeps neither the writer nor other listeners from going on. */
export function createFeedBus(log: Pick<Logger, 'error'>): FeedBus {
  const queues = new Map<string, Place[]>()
  const listeners = new Set<(events: readonly RoomEvent[]) => void>()
  const threadListeners = new Set<(threadId: string, origin: Origin) => void>()

  function hold(events: readonly RoomEvent[]): HeldEvents {
    const places = events.map((event): Place => ({ event, state: 'held' }))
    for (const place of places) {
      const room = marginRoomName(place.event.room)
      queues.set(room, [...(queues.get(room) ?? []), place])
    }
    const settle = (state: 'committed' | 'dropped') => {
      for (const place of places) place.state = state
      for (const { event } of places) flush(marginRoomName(event.room))
    }
    return { commit: () => settle('committed'), drop: () => settle('dropped') }
  }

  function flush(room: string): void {
    const queue = queues.get(room) ?? []
    const firstHeld = queue.findIndex(({ state }) => state === 'held')
    const settled = firstHeld < 0 ? queue : queue.slice(0, firstHeld)
    if (firstHeld < 0) queues.delete(room)
    else queues.set(room, queue.slice(firstHeld))
    const events = settled.filter(({ state }) => state === 'committed').map(({ event }) => event)
    if (events.length > 0) tell(listeners, log, events)
  }

  return {
    hold,
    announce: (events) => hold(events).commit(),
    subscribe: (listener) => subscribeTo(listeners, listener),
    announceThread: (threadId, origin = 'here') => tell(threadListeners, log, threadId, origin),
    subscribeThreads: (listener) => subscribeTo(threadListeners, listener),
  }
}

function subscribeTo<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell<T extends unknown[]>(
  listeners: ReadonlySet<(...told: T) => void>,
  log: Pick<Logger, 'error'>,
  ...told: T
): void {
  for (const listener of [...listeners]) {
    try {
      listener(...told)
    } catch (error) {
      log.error({ err: error }, 'a listener of the feed failed')
    }
  }
}
