/**
 * Opens the ZIP that an EPUB or a Word document is, and reads the parts that are asked for.
 *
 * An archive is hostile until shown otherwise: it may hold a million entries, names that lead out of it, or a few bytes
 * that inflate to gigabytes. Nothing is written to disk; a part is inflated only when it is asked for, and all that is
 * inflated is counted while it comes, whatever the archive says about its sizes.
 */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { AppError } from '#domain/app-error.ts'

const MAX_ENTRIES = 20_000
/** For all parts of one archive together, inflated. */
const MAX_INFLATED_BYTES = 128 * 1024 * 1024

/** The parts of an archive, by their path in it. */
export interface Archive {
  readonly names: readonly string[]
  has(name: string): boolean
  /**
   * The bytes of a part. Rejects with AppError `unprocessable` when it is not there, broken or encrypted, and `too-large`
   * when the parts that were read are more than 128 MB.
   */
  read(name: string): Promise<Uint8Array>
}

/** Opens an archive. Rejects with AppError `unprocessable` for what is no archive, is cut off, or has names that lead out of it. */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const zip = await orRefuse(
    fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { lazyEntries: true }),
  )
  if (zip.entryCount > MAX_ENTRIES) throw new AppError('unprocessable', 'This archive holds too many files.')
  const entries = await orRefuse(listEntries(zip))
  let inflated = 0
  const countInflated = (length: number) => {
    inflated += length
    if (inflated > MAX_INFLATED_BYTES)
      throw new AppError('too-large', 'This archive holds more than 128 MB when it is unpacked.')
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    async read(name) {
      const entry = entries.get(name)
      if (!entry) throw new AppError('unprocessable', `A part is missing in this archive: ${shorten(name)}`)
      if (entry.isEncrypted())
        throw new AppError('unprocessable', 'This archive is encrypted. Bring it in without its password.')
      return orRefuse(inflate(zip, entry, countInflated))
    },
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (isSymbolicLink(entry))
      throw new AppError('unprocessable', 'This archive holds a link in place of a file.')
    if (!entry.fileName.endsWith('/') && !entries.has(entry.fileName)) entries.set(entry.fileName, entry)
  }
  return entries
}

function isSymbolicLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

async function inflate(
  zip: ZipFile,
  entry: Entry,
  countInflated: (length: number) => void,
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    if (!Buffer.isBuffer(chunk)) continue
    countInflated(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof Error && /^(?:invalid relative|absolute) path/.test(error.message))
      throw new AppError('unprocessable', 'This archive holds a file whose name leads out of it.')
    throw new AppError('unprocessable', 'This archive is damaged or cut off.')
  }
}

function shorten(name: string): string {
  return name.replace(/\p{Cc}/gu, '').slice(-80)
}
