/**
 * Servers that speak to each other over Redis's publish and subscribe: nothing is stored there, so that nothing is lost
 * when it is emptied.
 *
 * A message is the name of the server that says it and what it says. Each server says every second that it is there,
 * on a topic that it hears itself. That its own beat comes back shows that the connection works, in both directions
 * and not only on paper; and since beats of all come over one connection in one order, a server from which nothing
 * came during several beats of one's own is gone. Time is that of a clock that nobody sets.
 */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Cluster, ClusterListener, Hearing } from './cluster.ts'
import type { RedisConnections } from './redis-connections.ts'

interface RedisClusterOptions {
  readonly redis: RedisConnections
  /** Names the database, so that others who use the same Redis are not heard. */
  readonly prefix: string
  readonly log: Pick<Logger, 'warn' | 'info'>
}

const beatEveryMs = 1_000
/** Without a beat of its own for so long a server takes itself to be cut off. */
const cutOffAfterMs = 2_500
/** A connection that carries nothing for so long is made anew. */
const renewAfterMs = 5_000
const goneAfterBeats = 3
/** Above so many bytes on their way to Redis, what is said is dropped. */
const maxUnsentBytes = 16 * 1024 * 1024
const nameLength = 12

const beatsTopic = 'servers'
const beat = Uint8Array.of(1)
const goodbye = Uint8Array.of(0)

/** Joins the servers at this Redis. */
export function joinCluster({ redis, prefix, log }: RedisClusterOptions): Cluster {
  const self = randomBytes(nameLength / 2).toString('hex')
  const listeners = new Map<string, Set<ClusterListener>>()
  const hearingSince = new Map<string, Promise<void>>()
  const goneListeners = new Set<(server: string) => void>()
  const connectedListeners = new Set<() => void>()
  /** How many beats of our own each server has been silent for. */
  const silentBeats = new Map<string, number>()
  let isConnected = false
  let lastBeatAt = performance.now()
  let lastRenewedAt = performance.now()
  let unsentBytes = 0

  const channelOf = (topic: string) => `${prefix}${topic}`
  const topicOf = (channel: string) => channel.slice(prefix.length)

  function say(topic: string, message: Uint8Array): void {
    if (redis.talking.status !== 'ready' || unsentBytes > maxUnsentBytes) return
    const bytes = Buffer.concat([Buffer.from(self, 'latin1'), message])
    unsentBytes += bytes.length
    const sent = () => {
      unsentBytes -= bytes.length
    }
    redis.talking.publish(channelOf(topic), bytes).then(sent, sent)
  }

  /** Subscribes, if it can be done now; once the connection stands, `resubscribe` does it for all. */
  function subscribe(topic: string): Promise<void> {
    if (redis.hearing.status !== 'ready') return Promise.resolve()
    return redis.hearing.subscribe(channelOf(topic)).then(
      () => {},
      () => {},
    )
  }

  function hear(topic: string, listener: ClusterListener): Hearing {
    const known = listeners.get(topic)
    const heard = known ?? new Set()
    heard.add(listener)
    listeners.set(topic, heard)
    const ready = known ? hearingSince.get(topic) : subscribe(topic)
    hearingSince.set(topic, ready ?? Promise.resolve())
    return {
      ready: ready ?? Promise.resolve(),
      end() {
        heard.delete(listener)
        if (heard.size > 0 || listeners.get(topic) !== heard) return
        listeners.delete(topic)
        hearingSince.delete(topic)
        if (redis.hearing.status === 'ready') redis.hearing.unsubscribe(channelOf(topic)).catch(() => {})
      },
    }
  }

  function take(channel: string, bytes: Buffer): void {
    const server = bytes.subarray(0, nameLength).toString('latin1')
    const message = bytes.subarray(nameLength)
    const topic = topicOf(channel)
    if (server === self) {
      if (topic === beatsTopic) ownBeat()
      return
    }
    if (topic === beatsTopic && message[0] === goodbye[0]) {
      gone(server)
      return
    }
    silentBeats.set(server, 0)
    for (const listener of [...(listeners.get(topic) ?? [])]) tell(listener, message, server)
  }

  /** What cannot be read, as from a server of another release, is as good as lost. */
  function tell(listener: ClusterListener, message: Uint8Array, server: string): void {
    try {
      listener(message, server)
    } catch (error) {
      log.warn({ err: error, server }, 'what another server said could not be taken')
    }
  }

  function ownBeat(): void {
    lastBeatAt = performance.now()
    for (const [server, beats] of silentBeats) {
      if (beats >= goneAfterBeats) gone(server)
      else silentBeats.set(server, beats + 1)
    }
    if (isConnected) return
    isConnected = true
    log.info('other servers can be heard')
    for (const listener of [...connectedListeners]) listener()
  }

  function gone(server: string): void {
    if (!silentBeats.delete(server)) return
    log.info({ server }, 'a server is gone')
    for (const listener of [...goneListeners]) listener(server)
  }

  /** A server that cannot be heard may have stopped, for all that is known here. */
  function cutOff(): void {
    isConnected = false
    log.warn('other servers cannot be heard')
    for (const server of [...silentBeats.keys()]) gone(server)
  }

  const timer = setInterval(() => {
    say(beatsTopic, beat)
    const now = performance.now()
    if (isConnected && now - lastBeatAt > cutOffAfterMs) cutOff()
    if (now - Math.max(lastBeatAt, lastRenewedAt) > renewAfterMs) {
      lastRenewedAt = now
      redis.renew()
    }
  }, beatEveryMs)
  redis.hearing.on('messageBuffer', (channel: Buffer, bytes: Buffer) => take(channel.toString(), bytes))
  redis.hearing.on('ready', () => {
    const channels = [...listeners.keys()].map(channelOf)
    const subscribed = redis.hearing.subscribe(...channels)
    subscribed.then(() => say(beatsTopic, beat)).catch(() => {})
  })
  hear(beatsTopic, () => {})

  return {
    isShared: true,
    get isConnected() {
      return isConnected
    },
    say,
    hear,
    onGone: (listener) => listen(goneListeners, listener),
    onConnected: (listener) => listen(connectedListeners, listener),
    async close() {
      clearInterval(timer)
      say(beatsTopic, goodbye)
      await Promise.race([redis.talking.ping().catch(() => {}), new Promise((end) => setTimeout(end, 500))])
      redis.close()
    },
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
