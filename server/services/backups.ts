/** Backups: everything on this server in one file, and back. */
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { makeFile } from '../backup/make-file.ts'
import { restoreFile } from '../backup/restore-file.ts'
import { isSetupLink } from '../db/invitations.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { BackupService, ProgressListener } from './contracts/backups.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { hashSecret } from './secrets.ts'
import { invalidSetupLink } from './setup-link.ts'
import { requireAdministrator } from './who-may.ts'

/** When to ask again while one is under way: few take longer. */
const askAgainSeconds = 60

/** Backups of the database of `context`; one is made at a time, and one restored. */
export function createBackupService(
  { database, newId, now }: ServiceContext,
  access: AccessService,
): BackupService {
  let isUnderWay = false
  const restoredListeners: (() => Promise<void>)[] = []
  const restore = (file: string, onProgress: ProgressListener) =>
    restoreFile(database, file, { epoch: newId(), eventId: newId() }, onProgress)

  async function make(actor: Actor, file: string, onProgress: ProgressListener) {
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
      return restore(file, onProgress)
    },

    async restoreBySetup(secret, content) {
      if (!(await isSetupLink(database.db, hashSecret(secret), now()))) throw invalidSetupLink()
      const folder = await mkdtemp(path.join(tmpdir(), 'postil-restore-'))
      const file = path.join(folder, 'backup')
      try {
        await writeFile(file, toChunks(content))
        const restored = await restore(file, () => {}).catch((error: unknown) => {
          throw withoutPath(file, error)
        })
        for (const listener of restoredListeners) await listener()
        access.changed('everyone')
        return restored
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },

    onRestored: (listener) => void restoredListeners.push(listener),
  }
}

/** A refusal as a sentence for somebody who sent the file, and knows nothing of where it lies. */
function withoutPath(file: string, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const words = error.message.replace(`${file}: `, 'this file ')
  return new AppError(error.code, `${words[0]?.toUpperCase()}${words.slice(1)}.`)
}

async function* toChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
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
