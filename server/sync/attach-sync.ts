/**
 * The sync socket on the server's own port: `/sync/<room>`, for one note or margin, and `/sync`, for any number of them
 * on channels. Other upgrade requests are left to whoever they are for.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import { AppError } from '#domain/app-error.ts'
import { alone, type Cluster } from '../cluster/cluster.ts'
import { ConnectionCounts } from '../cluster/connection-counts.ts'
import type { Limits } from '../config.ts'
import { keepNoteUpdates } from '../db/append-note-updates.ts'
import type { Database } from '../db/database.ts'
import { listRoomEvents } from '../db/events.ts'
import { compactNoteLog, listNoteProgress, loadNoteLog, readLogShape } from '../db/note-log.ts'
import { insertNoteVersion } from '../db/note-versions.ts'
import { countHere, type Limiters, takeOrRefuse } from '../limiters.ts'
import type { Services } from '../services/services.ts'
import { createTurns } from '../services/turns.ts'
import { type Admission, addressOf, admit, recognize, type Visitor } from './admission.ts'
import { Channels } from './channels.ts'
import { Connection } from './connection.ts'
import { DerivedSaves } from './derived-saves.ts'
import { followServers } from './follow-servers.ts'
import { startHeartbeat } from './heartbeat.ts'
import { watchLayerTurns } from './layer-turns.ts'
import { askAgainEveryMs, isOver } from './limits.ts'
import { LogEnds } from './log-ends.ts'
import { NoteDoors } from './note-doors.ts'
import type { Outflow } from './outflow.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { Rooms } from './rooms.ts'
import { SaveQueue } from './save-queue.ts'
import { sayGoodbye } from './say-goodbye.ts'
import { Seat, type Wire } from './seat.ts'
import type { SyncMetrics } from './sync-metrics.ts'
import { SyncSocket } from './sync-socket.ts'

/** What the socket is made with. */
export interface SyncContext {
  readonly services: Services
  readonly database: Database
  readonly limits: Limits
  /** Counts how often somebody comes; left out: in this process. */
  readonly limiters?: Limiters
  readonly log: Logger
  readonly metrics: SyncMetrics
  /** Where people reach this server, without a trailing slash. */
  readonly publicUrl: () => string
  /** What an upgrade request goes by, and in the log all that comes over its socket. */
  readonly requestIdOf: (request: IncomingMessage) => string
  /** The other servers; left out: there are none. */
  readonly cluster?: Cluster
}

/** The running socket. */
export interface Sync {
  /** Takes no new connections any more; those that stand go on. */
  drain(): void
  /** Saves what is not saved yet, ends every connection with "try again", and keeps what rooms leave behind. */
  close(): Promise<void>
}

/** Takes an upgraded socket, and the stream it stands on, and serves what was asked for. */
type Carry = (client: WebSocket, stream: Duplex) => void

/** Few enough that a thousand who come at once leave those who write their turns in between. */
const arrivalsAtOnce = 8
/** Few enough that saving, which somebody waits for, always finds a connection to the database. */
const upkeepAtOnce = 4
/** Many people may share an address, and all of them come at once when a server restarts. */
const comingsOfAnAddress = { points: 3_000, duration: 60 }
const saveAtCloseMs = 5_000
/** What is over the message limit is told so with its own code; what is far over it is not even read. */
const hardMaxMessageBytes = (limit: number) =>
  limit === 0 ? 100 * 1024 * 1024 : Math.max(4 * limit, 1024 * 1024)

/** Serves `/sync/…` on `server`. */
export function attachSync(server: Server, context: SyncContext): Sync {
  const {
    services,
    database,
    limits,
    log,
    metrics,
    publicUrl,
    requestIdOf,
    cluster = alone,
    limiters = countHere,
  } = context
  const saves = new SaveQueue({ append: (batch) => keepNoteUpdates(database, batch), log, metrics })
  const doors = new NoteDoors(services.notes)
  const arrivals = createTurns(arrivalsAtOnce)
  const upkeep = createTurns(upkeepAtOnce)
  const derivedSaves = new DerivedSaves((notes) => upkeep.take(() => services.notes.saveDerived(notes)))
  const rooms = new Rooms({
    services,
    limits,
    log,
    metrics,
    saves,
    cluster,
    loadLog: (noteId, after) => loadNoteLog(database.db, noteId, after),
    logEnds: new LogEnds((noteIds) => listNoteProgress(database.db, noteIds)),
    readEvents: (room, after) => listRoomEvents(database.db, room, after),
    upkeepOf: (noteId) => ({
      saveDerived: (derived) => derivedSaves.save(derived),
      compact: (compaction) =>
        upkeep.take(() => database.transaction((tx) => compactNoteLog(tx, compaction))),
      readShape: () => upkeep.take(() => readLogShape(database.db, noteId)),
      addVersion: (version) =>
        upkeep.take(() => database.transaction((tx) => insertNoteVersion(tx, version))),
    }),
  })
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: hardMaxMessageBytes(limits.messageBytes),
  })
  const connections = new ConnectionCounts(cluster)
  const comings = limiters({ name: 'connect', ...comingsOfAnAddress })
  const outflows = new Set<Outflow>()
  metrics.watch(() => ({
    ...rooms.counts,
    sockets: outflows.size,
    unsaved: { updates: saves.updates, bytes: saves.bytes },
    outgoingBytes: [...outflows].reduce((sum, { waitingBytes }) => sum + waitingBytes, 0),
  }))
  let isClosing = false

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!/^\/sync(?:[/?]|$)/.test(request.url ?? '')) return
    // Until it is upgraded nobody else listens, and an error without a listener would end the process.
    const ignore = () => {}
    socket.on('error', ignore)
    const requestId = requestIdOf(request)
    arrivals
      .take(() => letIn(request, requestId).finally(nextTurn))
      .then((carry) => {
        socket.off('error', ignore)
        sockets.handleUpgrade(request, socket, head, (client) => carry(client, socket))
      })
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error, requestId }, 'an upgrade request failed')
        metrics.refused(refuseUpgrade(socket, error))
      })
  }

  /** Decides whether the sender of a request may come in; answers what their socket will carry. */
  async function letIn(request: IncomingMessage, requestId: string): Promise<Carry> {
    refuseWhileClosing()
    if (limits.requestsPerMinute > 0) await takeOrRefuse(comings, cameFrom(request))
    const address = addressOf(request)
    const visitor = await recognize(request, services, publicUrl())
    if (address.pathname === '/sync') {
      if (visitor.actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Please sign in.')
      refuseWhileClosing()
      return (client, stream) => carryChannels(client, stream, visitor, requestId)
    }
    const admission = await admit(visitor, address, services, doors)
    refuseWhileClosing()
    return (client, stream) => carryRoom(client, stream, admission, requestId)
  }

  function refuseWhileClosing(): void {
    if (isClosing) throw new AppError('unavailable', 'The server is about to restart.')
  }

  function carryRoom(client: WebSocket, stream: Duplex, admission: Admission, requestId: string): void {
    const socket = accept(client, stream, admission)
    if (!socket) return
    const wire: Wire = {
      send: (frame) => socket.outflow.send(frame),
      close(closing) {
        socket.close(closing)
        // Others need not wait for the goodbye to be answered; the room may be going through its seats at this moment.
        queueMicrotask(() => connection.left())
      },
    }
    const connection = enter(admission, wire, requestId)
    socket.listen(
      {
        receive: (bytes) => connection.receive(bytes),
        refused: (closing) => connection.end(closing),
        closed: () => connection.left(),
      },
      { messagesPerSecond: limits.messagesPerSecond, log, requestId },
    )
  }

  function carryChannels(client: WebSocket, stream: Duplex, visitor: Visitor, requestId: string): void {
    const socket = accept(client, stream, visitor)
    if (!socket) return
    const channels = new Channels(socket, {
      limits,
      log,
      metrics,
      requestId,
      enter: (admission, wire) => enter(admission, wire, requestId),
      async admit(room) {
        const now = { ...visitor, actor: await visitor.identify() }
        const admission = await admit(now, new URL(`/sync/${room}`, 'http://sync'), services, doors)
        refuseWhileClosing()
        return admission
      },
    })
    socket.listen(channels, { messagesPerSecond: limits.messagesPerSecond, log, requestId })
  }

  function enter(admission: Admission, wire: Wire, requestId: string): Connection {
    const { actor, identify, options, place } = admission
    const seat = new Seat(options, actor, identify, wire)
    if (place.kind === 'note') seat.whyNot = place.whyNot
    return new Connection(seat, rooms.open(place), { limits, log, requestId })
  }

  /** Counts the sockets of each person; null, and the socket is ended, when it is one too many. */
  function accept(client: WebSocket, stream: Duplex, { actor }: Visitor): SyncSocket | null {
    const socket = new SyncSocket(client, stream, metrics)
    outflows.add(socket.outflow)
    client.once('close', () => outflows.delete(socket.outflow))
    if (actor.kind !== 'person') return socket
    const { userId } = actor
    if (isOver(connections.of(userId) + 1, limits.connectionsPerPerson)) {
      client.on('error', () => {})
      socket.close('too-many-connections')
      return null
    }
    connections.add(userId)
    client.once('close', () => connections.remove(userId))
    return socket
  }

  const logFailure = (asking: Promise<void>) =>
    void asking.catch((error: unknown) => log.error({ err: error }, 'rights could not be asked about again'))
  const stopHeartbeat = startHeartbeat(sockets)
  const askAgain = setInterval(() => logFailure(rooms.askAgainAboutAll()), askAgainEveryMs)
  const turns = watchLayerTurns(services.layers, log, () => logFailure(rooms.askAgainAboutAll()))
  const unsubscribe = [
    turns.stop,
    services.noteWriter.provide(rooms),
    services.feed.subscribe((events) => rooms.deliver(events)),
    services.feed.subscribeThreads((threadId) => {
      doors.forget()
      logFailure(rooms.threadChanged(threadId))
    }),
    services.access.onChange((who) => {
      doors.forget()
      if (who === 'everyone') turns.lookAgain()
      logFailure(who === 'everyone' ? rooms.askAgainAboutAll() : rooms.personChanged(who))
    }),
  ]
  const endFollowing = followServers({ cluster, rooms, services, database, log })
  server.on('upgrade', upgrade)

  const drain = () => {
    isClosing = true
  }
  return {
    drain,
    async close() {
      drain()
      await saves.flush(saveAtCloseMs)
      clearInterval(askAgain)
      stopHeartbeat()
      for (const end of unsubscribe) end()
      rooms.sendAway()
      const ended = sayGoodbye(sockets)
      // What came in between the first flush and the goodbye.
      await saves.flush(saveAtCloseMs)
      saves.close()
      await endFollowing()
      await rooms.close()
      await ended
      connections.end()
      // Whoever comes now is refused for as long as the server listens: a socket that nobody answers would keep it open.
    },
  }
}

/** The address that the server has settled on for a request. */
const cameFrom = ({ headers, socket }: IncomingMessage) =>
  String(headers['x-forwarded-for'] ?? socket.remoteAddress)
