/** Makes a backup file: everything as of one moment, written beside its place, read again, and only then put there. */
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#domain/app-error.ts'
import type { Database } from '../db/database.ts'
import { openBackup } from './read-file.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotByCatchingUp } from './snapshot-by-catching-up.ts'
import { snapshotInTransaction } from './snapshot-in-transaction.ts'
import { writeFile } from './write-file.ts'

export interface MadeBackup {
  /** Absolute path. */
  readonly file: string
  readonly madeAt: string
  readonly bytes: number
  readonly rows: number
}

/** Makes `file`. Throws AppError when it exists already, or its folder cannot be written to. */
export async function makeFile(
  database: Database,
  file: string,
  madeAt: string,
  onProgress: (done: number, label: string) => void,
): Promise<MadeBackup> {
  if (await stat(file).catch(() => null)) throw new AppError('conflict', `${file}: exists already`)
  const folder = path.dirname(file)
  const workplace = await mkdtemp(path.join(folder, '.postil-backup-')).catch(
    (error: NodeJS.ErrnoException) => {
      throw new AppError('not-found', `${folder}: cannot be written to (${error.code})`)
    },
  )
  try {
    const unfinished = path.join(workplace, 'backup')
    const rows = await write(database, workplace, unfinished, madeAt, onProgress)
    const written = await openBackup(unfinished, (share) => onProgress(0.75 + share / 4, 'Checking'))
    for await (const _ of written.batches);
    const { size } = await stat(unfinished)
    await rename(unfinished, file)
    await flushFolder(folder)
    return { file, madeAt, bytes: size, rows }
  } finally {
    await rm(workplace, { recursive: true, force: true })
  }
}

async function write(
  database: Database,
  workplace: string,
  unfinished: string,
  madeAt: string,
  onProgress: (done: number, label: string) => void,
): Promise<number> {
  const copiedShare = database.isEmbedded ? 0.4 : 0
  const snapshot = await takeSnapshot(database, workplace, (share) =>
    onProgress(copiedShare * share, 'Copying'),
  )
  try {
    const total = snapshot.tables.reduce((sum, { rows }) => sum + rows, 0)
    await writeFile(snapshot, unfinished, madeAt, (rows) =>
      onProgress(copiedShare + (0.75 - copiedShare) * (rows / total), 'Writing'),
    )
    return total
  } finally {
    await snapshot.close()
  }
}

function takeSnapshot(
  database: Database,
  folder: string,
  onCopied: (share: number) => void,
): Promise<Snapshot> {
  return database.isEmbedded
    ? snapshotByCatchingUp(database, folder, onCopied)
    : snapshotInTransaction(database)
}

/** Has the file's new name kept by the disk; not every system can. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
