/**
 * Servers that speak to each other over Redis's publish and subscribe: nothing is stored there, so that nothing is lost
 * when it is emptied.
 *
 * All that a server says in one turn is one message (`bundle.ts`), and every server hears every message: to pass over
 * what is said of a room that is not open here costs next to nothing, to be sent a thousand messages apart does not.
 *
 * Each server says every second that it is there, and hears that itself. That its own beat comes back shows that the
 * connection works, in both directions and not only on paper; and since beats of all come over one connection in one
 * order, a server from which nothing came during several beats of one's own is gone. Time is that of a clock that
 * nobody sets.
 */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { type Bundle, readBundle, type Saying, serverNameLength, writeBundle } from './bundle.ts'
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

/** Joins the servers at this Redis. */
export function joinCluster({ redis, prefix, log }: RedisClusterOptions): Cluster {
  const self = randomBytes(serverNameLength / 2).toString('hex')
  const channel = `${prefix}bundles`
  const listeners = new Map<string, Set<ClusterListener>>()
  const goneListeners = new Set<(server: string) => void>()
  const connectedListeners = new Set<() => void>()
  /** How many beats of our own each server has been silent for. */
  const silentBeats = new Map<string, number>()
  let isConnected = false
  /** Resolves once what is said is heard; at once while there is no connection. */
  let hearing: Promise<void> = Promise.resolve()
  let lastBeatAt = performance.now()
  let lastRenewedAt = performance.now()
  /** What was said in this turn. */
  let sayings: Saying[] = []
  let unsentBytes = 0

  function say(topic: string, message: Uint8Array): void {
    if (redis.talking.status !== 'ready' || unsentBytes > maxUnsentBytes) return
    unsentBytes += message.length
    if (sayings.push({ topic, message }) === 1) setImmediate(sayAll)
  }

  function sayAll(): void {
    if (sayings.length === 0) return
    const said = sayings
    sayings = []
    send({ kind: 'sayings', sayings: said }, () => {
      for (const { message } of said) unsentBytes -= message.length
    })
  }

  function send(bundle: Bundle, sent: () => void = () => {}): void {
    if (redis.talking.status !== 'ready') sent()
    else redis.talking.publish(channel, writeBundle(self, bundle)).then(sent, sent)
  }

  function hear(topic: string, listener: ClusterListener): Hearing {
    const heard = listeners.get(topic) ?? new Set()
    heard.add(listener)
    listeners.set(topic, heard)
    return {
      ready: hearing,
      end() {
        heard.delete(listener)
        if (heard.size === 0 && listeners.get(topic) === heard) listeners.delete(topic)
      },
    }
  }

  /** What cannot be read, as from a server of another release, is as good as lost. */
  function take(bytes: Buffer): void {
    try {
      const { server, bundle } = readBundle(bytes)
      if (server === self) {
        if (bundle.kind === 'beat') ownBeat()
      } else if (bundle.kind === 'goodbye') gone(server)
      else {
        silentBeats.set(server, 0)
        if (bundle.kind === 'sayings') for (const saying of bundle.sayings) tell(saying, server)
      }
    } catch (error) {
      log.warn({ err: error }, 'what another server said could not be read')
    }
  }

  function tell({ topic, message }: Saying, server: string): void {
    const heard = listeners.get(topic)
    if (!heard) return
    for (const listener of [...heard]) {
      try {
        listener(message, server)
      } catch (error) {
        log.warn({ err: error, server }, 'what another server said could not be taken')
      }
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
    send({ kind: 'beat' })
    const now = performance.now()
    if (isConnected && now - lastBeatAt > cutOffAfterMs) cutOff()
    if (now - Math.max(lastBeatAt, lastRenewedAt) > renewAfterMs) {
      lastRenewedAt = now
      redis.renew()
    }
  }, beatEveryMs)
  redis.hearing.on('messageBuffer', (_, bytes: Buffer) => take(bytes))
  redis.hearing.on('ready', () => {
    hearing = redis.hearing.subscribe(channel).then(
      () => send({ kind: 'beat' }),
      () => {},
    )
  })

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
      sayAll()
      send({ kind: 'goodbye' })
      await Promise.race([redis.talking.ping().catch(() => {}), new Promise((end) => setTimeout(end, 500))])
      redis.close()
    },
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
