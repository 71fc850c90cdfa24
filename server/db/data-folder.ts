/**
 * The data folder belongs to one process at a time.
 *
 * The operating system holds the lock, so it ends with the process however that ends; nothing is left to clean
 * up after a `kill -9`. Whatever a dead process left behind (sockets) is removed under the lock.
 */

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { tryLock } from 'fs-native-extensions'

/** A folder that this process owns until it ends or calls `release`. */
export interface DataFolder {
  readonly path: string
  /** Where the command line reaches a running server; only the folder's owner can open it. */
  readonly controlSocket: string
  release(): Promise<void>
}

/** The folder is in use by another process. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'

  constructor(folder: string) {
    super(`${folder} is in use by another Postil process`)
  }
}

/** Takes the folder, making it if need be. Throws DataFolderInUse when another process has it. */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const lock = await open(path.join(folder, 'lock'), 'a+')
  if (!tryLock(lock.fd)) {
    await lock.close()
    throw new DataFolderInUse(folder)
  }
  const controlSocket = controlSocketOf(folder)
  await rm(controlSocket, { force: true })
  return { path: folder, controlSocket, release: () => lock.close() }
}

/** Where the control socket of a data folder is, whether or not a server listens on it. */
export function controlSocketOf(folder: string): string {
  return path.join(folder, 'control.sock')
}

/** Reads the secret kept in the folder, making one the first time: 32 random bytes, in base64url. */
export async function keptSecret(folder: DataFolder): Promise<string> {
  const file = path.join(folder.path, 'secret')
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept) return kept.trim()
  const secret = randomBytes(32).toString('base64url')
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}
