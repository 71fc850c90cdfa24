/**
 * The sync socket on the server's own port: `/sync/<room>`, for notes and margins. Other upgrade requests are left to
 * whoever they are for.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import { AppError } from '#domain/app-error.ts'
import type { Limits } from '../config.ts'
import type { Database } from '../db/database.ts'
import { compactNoteLog, insertNoteVersion, keepNoteUpdates, loadNoteLog } from '../db/note-log.ts'
import type { Services } from '../services/services.ts'
import { type Admission, admit } from './admission.ts'
import { connect, toWire } from './connection.ts'
import { startHeartbeat } from './heartbeat.ts'
import { askAgainEveryMs, isOver } from './limits.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { Rooms } from './rooms.ts'
import { SaveQueue } from './save-queue.ts'
import { Seat } from './seat.ts'

/** What the socket is made with. */
export interface SyncContext {
  readonly services: Services
  readonly database: Database
  readonly limits: Limits
  readonly log: Logger
  /** Where people reach this server, without a trailing slash. */
  readonly publicUrl: () => string
}

/** The running socket. */
export interface Sync {
  /** Saves what is not saved yet, ends every connection with "try again", and keeps what rooms leave behind. */
  close(): Promise<void>
}

const saveAtCloseMs = 5_000
const goodbyeMs = 1_000
/** What is over the message limit is told so with its own code; what is far over it is not even read. */
const hardMaxMessageBytes = (limit: number) =>
  limit === 0 ? 100 * 1024 * 1024 : Math.max(4 * limit, 1024 * 1024)

/** Serves `/sync/…` on `server`. */
export function attachSync(server: Server, context: SyncContext): Sync {
  const { services, database, limits, log, publicUrl } = context
  const saves = new SaveQueue({ append: (updates) => keepNoteUpdates(database, updates), log })
  const rooms = new Rooms({
    services,
    limits,
    log,
    saves,
    loadLog: (noteId) => loadNoteLog(database.db, noteId),
    upkeepOf: (noteId) => ({
      saveDerived: (derived) => services.notes.saveDerived(noteId, derived),
      compact: (compaction) => database.transaction((tx) => compactNoteLog(tx, compaction)),
      addVersion: (version) => database.transaction((tx) => insertNoteVersion(tx, version)),
    }),
  })
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: hardMaxMessageBytes(limits.messageBytes),
  })
  const connectionsOf = new Map<string, number>()
  let isClosing = false

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!request.url?.startsWith('/sync/')) return
    // Until it is upgraded nobody else listens, and an error without a listener would end the process.
    const ignore = () => {}
    socket.on('error', ignore)
    admitUnlessClosing(request)
      .then((admission) => {
        socket.off('error', ignore)
        sockets.handleUpgrade(request, socket, head, (client) => seatClient(client, admission))
      })
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error }, 'an upgrade request failed')
        refuseUpgrade(socket, error)
      })
  }

  async function admitUnlessClosing(request: IncomingMessage): Promise<Admission> {
    const admission = isClosing ? null : await admit(request, services, publicUrl())
    if (!admission || isClosing) throw new AppError('unavailable', 'The server is about to restart.')
    return admission
  }

  function seatClient(client: WebSocket, { actor, identify, options, place }: Admission): void {
    const seat = new Seat(options, actor, identify, toWire(client))
    seat.mayWrite = place.kind === 'note' && place.mayWrite
    const person = seat.userId
    if (person !== null) {
      const count = (connectionsOf.get(person) ?? 0) + 1
      if (isOver(count, limits.connectionsPerPerson)) {
        client.on('error', () => {})
        seat.close('too-many-connections')
        return
      }
      connectionsOf.set(person, count)
      client.once('close', () => {
        const left = (connectionsOf.get(person) ?? 1) - 1
        if (left === 0) connectionsOf.delete(person)
        else connectionsOf.set(person, left)
      })
    }
    connect(client, seat, rooms.open(place), { limits, log })
  }

  const logFailure = (asking: Promise<void>) =>
    void asking.catch((error: unknown) => log.error({ err: error }, 'rights could not be asked about again'))
  const stopHeartbeat = startHeartbeat(sockets)
  const askAgain = setInterval(() => logFailure(rooms.askAgainAboutAll()), askAgainEveryMs)
  const unsubscribe = [
    services.noteWriter.provide(rooms),
    services.feed.subscribe((events) => rooms.deliver(events)),
    services.feed.subscribeThreads((threadId) => logFailure(rooms.threadChanged(threadId))),
    services.access.onChange((who) =>
      logFailure(who === 'everyone' ? rooms.askAgainAboutAll() : rooms.personChanged(who)),
    ),
  ]
  server.on('upgrade', upgrade)

  return {
    async close() {
      isClosing = true
      await saves.flush(saveAtCloseMs)
      clearInterval(askAgain)
      stopHeartbeat()
      for (const end of unsubscribe) end()
      rooms.sendAway()
      const ended = untilGone(sockets)
      // What came in between the first flush and the goodbye.
      await saves.flush(saveAtCloseMs)
      saves.close()
      await rooms.close()
      await ended
      server.off('upgrade', upgrade)
    },
  }
}

/** Resolves when every client has gone, or been cut off. */
async function untilGone(sockets: WebSocketServer): Promise<void> {
  const clients = [...sockets.clients]
  const timer = setTimeout(() => {
    for (const client of clients) client.terminate()
  }, goodbyeMs)
  await Promise.all(
    clients.map(
      (client) =>
        new Promise<void>((resolve) => {
          if (client.readyState === client.CLOSED) resolve()
          else client.once('close', () => resolve())
        }),
    ),
  )
  clearTimeout(timer)
}
