import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#domain/app-error.ts'
import type { Archive } from '../open-archive.ts'
import { mostCollectionBytes } from './collection.ts'

/**
 * A folder as an archive of its files, at any depth; links to files elsewhere are left out. Rejects with AppError
 * `not-found` when it cannot be read; `read` with `too-large` when the files that were read are more than 128 MB.
 */
export async function openFolder(folder: string): Promise<Archive> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new AppError('not-found', `${folder}: cannot be read`)
  })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort()
  const known = new Set(names)
  let read = 0
  return {
    names,
    has: (name) => known.has(name),
    async read(name) {
      const file = path.join(folder, name)
      read += (await stat(file)).size
      if (read > mostCollectionBytes)
        throw new AppError('too-large', 'This folder holds more than 128 MB of texts.')
      return readFile(file)
    },
  }
}
