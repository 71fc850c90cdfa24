/**
 * How large a stream of a PDF is once its filters have unpacked it, without keeping what comes out: the sum of what a
 * chain of filters would hold in memory, counted up to a limit and no further.
 */
import { inflateSync } from 'node:zlib'

/** Thrown where the size is above the limit. */
export class TooLarge extends Error {}

/** Bytes of a stream after these filters, in their order; 0 where it is not what its filters say. Throws `TooLarge`. */
export function unpackedSize(raw: Uint8Array, filters: readonly string[], limit: number): number {
  let bytes = raw
  let largest = 0
  for (const [index, filter] of filters.entries()) {
    const isLast = index === filters.length - 1
    if (/^(?:Flate|Fl)/.test(filter)) bytes = inflate(bytes, limit)
    else if (/^(?:ASCII85|A85)/.test(filter)) bytes = fromAscii85(bytes)
    else if (/^(?:ASCIIHex|AHx)/.test(filter)) bytes = fromHex(bytes)
    else if (isLast && /^LZW/.test(filter)) return Math.max(largest, lzwSize(bytes, limit))
    else if (isLast && /^(?:RunLength|RL)/.test(filter)) return Math.max(largest, runLengthSize(bytes, limit))
    // What unpacks and is then unpacked again has no use in a text, nor is a picture's own packing counted.
    else if (/^(?:LZW|RunLength|RL)/.test(filter)) throw new TooLarge()
    else return largest
    largest = Math.max(largest, bytes.length)
  }
  return largest
}

function inflate(raw: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(raw, { maxOutputLength: limit })
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    if (isTooLarge) throw new TooLarge()
    return new Uint8Array()
  }
}

/** Follows the codes of an LZW stream (PDF 32000-1, 7.4.4) by the lengths they stand for alone. */
function lzwSize(raw: Uint8Array, limit: number): number {
  const lengths = new Uint16Array(4097)
  lengths.fill(1, 0, 256)
  let [next, width, last, size, bits, held] = [258, 9, 0, 0, 0, 0]
  for (const byte of raw) {
    held = (held << 8) | byte
    bits += 8
    if (bits < width) continue
    bits -= width
    const code = held >>> bits
    held &= (1 << bits) - 1
    if (code === 257) break
    if (code === 256) {
      next = 258
      width = 9
      last = 0
      continue
    }
    // A code that is not known yet is the last one and its first letter.
    const length = code < next ? (lengths[code] ?? 0) : last + 1
    size += length
    if (size > limit) throw new TooLarge()
    if (last > 0 && next < 4096) {
      lengths[next] = last + 1
      next += 1
    }
    last = length
    // The code grows one entry early, as most writers have it.
    if (next + 1 >= 1 << width && width < 12) width += 1
  }
  return size
}

function runLengthSize(raw: Uint8Array, limit: number): number {
  let size = 0
  for (let at = 0; at < raw.length && raw[at] !== 128; ) {
    const length = raw[at] ?? 128
    size += length < 128 ? length + 1 : 257 - length
    at += length < 128 ? length + 2 : 2
    if (size > limit) throw new TooLarge()
  }
  return size
}

function fromAscii85(raw: Uint8Array): Uint8Array {
  const out: number[] = []
  let group: number[] = []
  const end = () => {
    if (group.length < 2) return
    const padded = [...group, 84, 84, 84, 84].slice(0, 5)
    const value = padded.reduce((sum, digit) => sum * 85 + digit, 0)
    const four = [value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value].map(
      (part) => Math.floor(part) & 255,
    )
    out.push(...four.slice(0, group.length - 1))
    group = []
  }
  for (const byte of raw) {
    if (byte === 126) break
    if (byte === 122 && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 33 && byte <= 117) group.push(byte - 33)
    if (group.length === 5) end()
  }
  end()
  return Uint8Array.from(out)
}

function fromHex(raw: Uint8Array): Uint8Array {
  const digits = Buffer.from(raw)
    .toString('latin1')
    .replace(/>.*/s, '')
    .replace(/[^0-9a-f]/gi, '')
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex')
}
