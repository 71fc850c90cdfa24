/** What this server does about the others on the same database, besides what each room does for itself. */
import type { Logger } from 'pino'
import { AccessRelay } from '../cluster/access-relay.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { watchDatabase } from '../cluster/watch-database.ts'
import { insertAccessChange, listAccessChanges } from '../db/access-changes.ts'
import type { Database } from '../db/database.ts'
import { listRoomStates } from '../db/events.ts'
import { listNoteProgress } from '../db/note-log.ts'
import type { Services } from '../services/services.ts'
import { deriveLaggingNotes } from './derive-lagging-notes.ts'
import type { Rooms } from './rooms.ts'

interface FollowContext {
  readonly cluster: Cluster
  readonly rooms: Rooms
  readonly services: Services
  readonly database: Database
  readonly log: Logger
}

/** Follows the other servers; returns what ends it. */
export function followServers({
  cluster,
  rooms,
  services,
  database,
  log,
}: FollowContext): () => Promise<void> {
  if (!cluster.isShared) return async () => {}
  const { db } = database
  const access = new AccessRelay({
    cluster,
    services,
    keep: (change) => insertAccessChange(db, change),
    listRecent: (seconds) => listAccessChanges(db, seconds),
    log,
  })
  const endWatch = watchDatabase({
    cluster,
    log,
    async look() {
      const { noteIds, margins } = rooms.places
      await access.catchUp()
      rooms.noticeProgress(await listNoteProgress(db, noteIds), await listRoomStates(db, margins))
    },
  })
  /** A server that was killed did not come to deriving what it had committed last. */
  let deriving: Promise<void> = Promise.resolve()
  const deriveForOther = () => {
    deriving = deriving
      .then(() => deriveLaggingNotes({ database, services, log }))
      .catch((error: unknown) => log.warn({ err: error }, 'notes of another server could not be derived'))
  }
  const ends = [
    cluster.onConnected(() => rooms.meetServers()),
    cluster.onGone((server) => {
      rooms.forgetServer(server)
      if (cluster.isConnected) deriveForOther()
    }),
  ]
  return async () => {
    access.end()
    for (const end of ends) end()
    await Promise.all([endWatch(), deriving])
  }
}
