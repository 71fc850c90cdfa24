/**
 * Reads a backup file and throws AppError, in one line that begins with the file's name, as soon as something in it is
 * not as it was written. Only who has read to the end knows that it is whole.
 */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { AppError } from '#domain/app-error.ts'
import { formatVersion, type Header, header, type KeptTable, tableLine, trailer } from './format.ts'
import { readLines } from './read-lines.ts'

/** Rows of one table, each still as its line of JSON. */
export interface Batch {
  readonly table: KeptTable
  readonly lines: readonly string[]
}

export interface BackupFile {
  readonly header: Header
  /** The rows, in the order of the file. Throws where the file is not whole. */
  readonly batches: Batches
}

type Batches = AsyncGenerator<Batch, void>

const batchBytes = 1_048_576

/** Opens a file and reads its header; `onRead` hears the share of the file that was read, 0 to 1. */
export async function openBackup(file: string, onRead: (share: number) => void): Promise<BackupFile> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new AppError('not-found', `${file}: there is no such file`)
  const lines = readLines(file, (bytes) => onRead(bytes / found.size))
  if (found.size === 0) throw foreign(file)
  const first = await lines.next().catch((error: unknown) => {
    throw isGzip(error) ? notWhole(file, error) : foreign(file)
  })
  if (first.done) throw foreign(file)
  return { header: readHeader(file, first.value), batches: readBatches(file, first.value, lines) }
}

function readHeader(file: string, line: Buffer): Header {
  const found = toJson(line)
  const format = formatOf(found)
  if (format !== null && format > formatVersion) {
    throw new AppError('unsupported-format', `${file}: was made by a newer release (format ${format})`)
  }
  const read = header.safeParse(found)
  if (!read.success) throw isOurs(line) ? damaged(file) : foreign(file)
  return read.data
}

async function* readBatches(file: string, first: Buffer, lines: AsyncGenerator<Buffer>): Batches {
  const sum = createHash('sha256').update(first)
  const { tables } = readHeader(file, first)
  const next = async () => {
    const { value, done } = await lines.next().catch((error: unknown) => {
      throw notWhole(file, error)
    })
    if (done || !value) throw cutOff(file)
    return value
  }
  for (const table of tables) {
    const opening = await next()
    sum.update(opening)
    if (tableLine.safeParse(toJson(opening)).data?.table !== table.name) throw damaged(file)
    let batch: string[] = []
    let bytes = 0
    for (let row = 0; row < table.rows; row++) {
      const line = await next()
      sum.update(line)
      if (!isRow(toJson(line), table.columns.length)) throw damaged(file)
      batch.push(line.toString())
      bytes += line.length
      if (bytes < batchBytes) continue
      yield { table, lines: batch }
      batch = []
      bytes = 0
    }
    if (batch.length > 0) yield { table, lines: batch }
  }
  const sha256 = sum.digest('hex')
  const end = trailer.safeParse(toJson(await next()))
  if (end.data?.sha256 !== sha256) throw damaged(file)
  const after = await lines.next().catch((error: unknown) => {
    throw notWhole(file, error)
  })
  if (!after.done) throw damaged(file)
}

function toJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString())
  } catch {
    return null
  }
}

/** The number of the format, whatever else the header says; null for what is no backup at all. */
function formatOf(found: unknown): number | null {
  if (typeof found !== 'object' || found === null || Reflect.get(found, 'postil') !== 'backup') return null
  const format: unknown = Reflect.get(found, 'format')
  return typeof format === 'number' ? format : null
}

const isRow = (value: unknown, columns: number) =>
  Array.isArray(value) &&
  value.length === columns &&
  value.every((field) => field === null || typeof field === 'string')

/** Whether a first line that cannot be read was one of ours. */
const isOurs = (line: Buffer) => line.subarray(0, opening.length).toString() === opening
const opening = '{"postil":"backup"'

/** What failed is not that these are no bytes of gzip. */
const isGzip = (error: unknown) => error instanceof Error && error.message !== 'incorrect header check'

const notWhole = (file: string, error: unknown) =>
  error instanceof Error && Reflect.get(error, 'code') === 'Z_BUF_ERROR' ? cutOff(file) : damaged(file)

const foreign = (file: string) => new AppError('unsupported-format', `${file}: is not a backup of Postil`)
const cutOff = (file: string) => new AppError('unprocessable', `${file}: is cut off before its end`)
const damaged = (file: string) => new AppError('unprocessable', `${file}: is damaged`)
