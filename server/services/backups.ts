/** Backups: everything on this server in one file, and back. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { makeFile } from '../backup/make-file.ts'
import { restoreFile } from '../backup/restore-file.ts'
import type { ServiceContext } from './context.ts'
import type { BackupService } from './contracts/backups.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { requireAdministrator } from './who-may.ts'

/** When to ask again while one is under way: few take longer. */
const askAgainSeconds = 60

/** Backups of the database of `context`; one is made at a time. */
export function createBackupService({ database, newId, now }: ServiceContext): BackupService {
  let isUnderWay = false

  async function make(actor: Actor, file: string, onProgress: (done: number, label: string) => void) {
    requireAdministrator(actor, 'make backups', now())
    if (isUnderWay) {
      const message = 'A backup is being made: wait until it is done.'
      throw new AppError('too-many-requests', message, { retryAfter: askAgainSeconds })
    }
    isUnderWay = true
    try {
      const madeAt = new Date(now()).toISOString()
      await recordAct({ newId, now }, database.db, { kind: 'backup.begun', actorId: actorIdOf(actor) })
      return await makeFile(database, file, madeAt, onProgress)
    } finally {
      isUnderWay = false
    }
  }

  return {
    make,

    async download(actor) {
      requireAdministrator(actor, 'make backups', now())
      const folder = await mkdtemp(path.join(tmpdir(), 'postil-download-'))
      try {
        const { file, bytes, madeAt } = await make(actor, path.join(folder, 'backup'), () => {})
        const handle = await open(file)
        return { stream: toStream(handle), bytes, fileName: `postil-${toFileTime(madeAt)}.backup` }
      } finally {
        // An open file stays until it is closed, however this process ends.
        await rm(folder, { recursive: true, force: true })
      }
    },

    async restore(actor, file, onProgress) {
      requireAdministrator(actor, 'make backups', now())
      return restoreFile(database, file, { epoch: newId(), eventId: newId() }, onProgress)
    },
  }
}

/** What is left of an open file, which is closed when it is read or cancelled. */
function toStream(handle: FileHandle): ReadableStream<Uint8Array> {
  const chunks = handle.createReadStream({ highWaterMark: 262_144 })[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** `2026-11-22T05:10:00.000Z` without what file systems object to. */
const toFileTime = (instant: string) => instant.slice(0, 19).replaceAll(':', '')
