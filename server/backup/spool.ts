/**
 * Rows that were read before it is known whether they will belong to the snapshot: a file beside the backup, and a
 * note of which stretch of it holds rows of which table.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type { RowLine } from './read-pages.ts'

export interface Spool {
  /** How many rows of a table it holds. */
  count(table: string): number
  add(table: string, rows: readonly RowLine[]): Promise<void>
  /** The rows of a table in the order they were added, in batches as they were added. */
  read(table: string): AsyncGenerator<RowLine[]>
  close(): Promise<void>
}

interface Stretch {
  readonly start: number
  readonly bytes: number
  readonly rows: number
}

/** Opens an empty spool in a file that is not there yet. */
export async function openSpool(path: string): Promise<Spool> {
  const file = await open(path, 'wx+', 0o600)
  const stretches = new Map<string, Stretch[]>()
  let end = 0
  return {
    count: (table) => (stretches.get(table) ?? []).reduce((sum, { rows }) => sum + rows, 0),
    async add(table, rows) {
      const bytes = Buffer.from(rows.map(toSpooled).join(''))
      await file.appendFile(bytes)
      const known = stretches.get(table) ?? []
      known.push({ start: end, bytes: bytes.length, rows: rows.length })
      stretches.set(table, known)
      end += bytes.length
    },
    async *read(table) {
      for (const stretch of stretches.get(table) ?? []) yield await readStretch(file, stretch)
    },
    close: () => file.close(),
  }
}

async function readStretch(file: FileHandle, { start, bytes }: Stretch): Promise<RowLine[]> {
  const buffer = Buffer.alloc(bytes)
  let filled = 0
  while (filled < bytes) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, start + filled)
    if (bytesRead === 0) throw new Error('the spool of a backup has lost its end')
    filled += bytesRead
  }
  return buffer.toString().split('\n').slice(0, -1).map(fromSpooled)
}

/** JSON writes a tab as `\t` and a line feed as `\n`, so that both part what lies between them. */
const toSpooled = ({ version, key, line }: RowLine) => `${version}\t${key}\t${line}\n`

function fromSpooled(text: string): RowLine {
  const [version = '', key = '', line = ''] = text.split('\t')
  return { version, key, line }
}
