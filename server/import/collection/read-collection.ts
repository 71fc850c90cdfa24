import { AppError } from '#domain/app-error.ts'
import type { RepairKind } from '#domain/text/repairs.ts'
import { importSource } from '../import-source.ts'
import { formatOf, formatOfBytes } from '../importers.ts'
import { type Archive, openArchive } from '../open-archive.ts'
import {
  type CollectedFile,
  type CollectionSource,
  isLitter,
  mostFiles,
  type RefusedFile,
} from './collection.ts'
import { linkFiles } from './link-files.ts'
import { memberId } from './member-id.ts'
import { openFolder } from './open-folder.ts'

export interface CollectionRequest {
  /** Of the collection: its documents then have ids that follow from it. */
  readonly id?: string
  readonly source: CollectionSource
  /** Which repairs to make; all when left out. */
  readonly repairs?: readonly RepairKind[]
}

export interface ReadCollection {
  readonly files: readonly CollectedFile[]
  readonly refused: readonly RefusedFile[]
}

const PACKED = /\.(?:zip|gz|tgz|tar|bz2|xz|7z|rar)$/i

/**
 * Reads every text of a collection. A file that cannot be brought in is refused by itself; what makes the whole
 * suspect (a bomb, a name that leads out of it, too many files) refuses all: rejects with AppError `unprocessable` or
 * `too-large`. `newId` makes the ids of the documents of a collection without one.
 */
export async function readCollection(
  { id, source, repairs }: CollectionRequest,
  newId: () => string,
  onProgress: (share: number) => void,
): Promise<ReadCollection> {
  const archive = 'archive' in source ? await openArchive(source.archive) : await openFolder(source.folder)
  const paths = archive.names.filter((path) => !isLitter(path))
  if (paths.length > mostFiles)
    throw new AppError('unprocessable', `This holds ${paths.length} files: at most 2,000 are taken at once.`)
  const files: CollectedFile[] = []
  const refused: RefusedFile[] = []
  for (const [index, path] of paths.entries()) {
    const outcome = await readFile(archive, path, repairs)
    if ('reason' in outcome) refused.push(outcome)
    else files.push({ ...outcome, documentId: id === undefined ? newId() : memberId(id, files.length) })
    onProgress((index + 1) / paths.length)
  }
  return { files: linkFiles(files), refused }
}

async function readFile(
  archive: Archive,
  path: string,
  repairs: CollectionRequest['repairs'],
): Promise<Omit<CollectedFile, 'documentId'> | RefusedFile> {
  if (PACKED.test(path)) return { path, reason: 'An archive inside another is not opened.' }
  const named = formatOf(path)
  if (!named && !/\.xml$/i.test(path)) return { path, reason: 'Files of this kind cannot be brought in.' }
  const bytes = await archive.read(path)
  const format = named ?? formatOfBytes(bytes)
  if (!format) return { path, reason: 'Files of this kind cannot be brought in.' }
  try {
    const fileName = path.split('/').at(-1)
    return { path, bytes, imported: await importSource({ bytes, format, fileName, repairs }) }
  } catch (error) {
    if (error instanceof AppError) return { path, reason: error.message }
    throw error
  }
}
