/**
 * Refuses a PDF whose streams inflate without end. The reader of PDFs keeps what it inflates in memory that no limit of
 * the thread covers, so each stream is inflated here first, up to a limit and no further.
 */
import { inflateSync } from 'node:zlib'
import { AppError } from '#domain/app-error.ts'

const MAX_STREAM_BYTES = 96 * 1024 * 1024
/** Of all streams that are not pictures. */
const MAX_TEXT_BYTES = 400 * 1024 * 1024
const BOMB = 'This PDF holds far more than its size when it is unpacked.'

/** Throws AppError `too-large` for a bomb. */
export function refusePdfBombs(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let total = 0
  let at = file.indexOf('stream')
  while (at !== -1) {
    const end = file.indexOf('endstream', at)
    if (end === -1) return
    const before = file.toString('latin1', Math.max(0, at - 1000), at)
    const dictionary = before.slice(before.lastIndexOf('obj') + 1)
    if (
      /(?:Flate|LZW)[^\]]*(?:Flate|LZW|RunLength)/.test(/\/Filter\s*\[([^\]]*)\]/.exec(dictionary)?.[1] ?? '')
    )
      throw new AppError('too-large', BOMB)
    const size = inflatedSize(file.subarray(at + 6, end))
    if (!/\/Image\b/.test(dictionary)) total += size
    if (size > MAX_STREAM_BYTES || total > MAX_TEXT_BYTES) throw new AppError('too-large', BOMB)
    at = file.indexOf('stream', end + 9)
  }
}

/** 0 for what is not deflated. */
function inflatedSize(raw: Buffer): number {
  const start = raw[0] === 13 ? 2 : 1
  const [first = 0, second = 0] = raw.subarray(start, start + 2)
  if ((first & 15) !== 8 || (first * 256 + second) % 31 !== 0) return 0
  try {
    return inflateSync(raw.subarray(start), { maxOutputLength: MAX_STREAM_BYTES }).length
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    return isTooLarge ? MAX_STREAM_BYTES + 1 : 0
  }
}
