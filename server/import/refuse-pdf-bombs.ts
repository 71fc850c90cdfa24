/**
 * Refuses a PDF whose streams unpack without end. The reader of PDFs keeps what it unpacks in memory that no limit of
 * the thread covers, so each stream is measured here first, up to a limit and no further.
 */
import { AppError } from '#domain/app-error.ts'
import { TooLarge, unpackedSize } from './unpacked-size.ts'

const MAX_STREAM_BYTES = 96 * 1024 * 1024
/** Of all streams that are not pictures. */
const MAX_TEXT_BYTES = 400 * 1024 * 1024
/** Names of filters that unpack, in full and in short. */
const FILTER = /\/((?:Flate|LZW|RunLength|ASCII85|ASCIIHex)Decode|Fl|LZW|RL|A85|AHx|\w+Decode)\b/g
const UNPACKS_MUCH = /^(?:Flate|Fl$|LZW|RunLength|RL$)/

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
    const size = measure(dictionary, file.subarray(at + 6, end))
    if (!/\/Image\b/.test(dictionary)) total += size
    if (total > MAX_TEXT_BYTES) throw tooLarge()
    at = file.indexOf('stream', end + 9)
  }
}

function measure(dictionary: string, raw: Buffer): number {
  const data = raw.subarray(raw[0] === 13 ? 2 : 1)
  const said = /\/F(?:ilter)?\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1] ?? ''
  const named = [...said.matchAll(FILTER)].map(([, name = '']) => name)
  // One that unpacks what another has unpacked has no use but to be a bomb.
  if (named.filter((name) => UNPACKS_MUCH.test(name)).length > 1) throw tooLarge()
  // Filters that stand elsewhere in the file are told by how the stream begins.
  const filters = named.length > 0 ? named : isDeflated(data) ? ['FlateDecode'] : []
  try {
    return unpackedSize(data, filters, MAX_STREAM_BYTES)
  } catch (error) {
    throw error instanceof TooLarge ? tooLarge() : error
  }
}

function isDeflated([first = 0, second = 0]: Buffer): boolean {
  return (first & 15) === 8 && (first * 256 + second) % 31 === 0
}

const tooLarge = () => new AppError('too-large', 'This PDF holds far more than its size when it is unpacked.')
