import { AppError } from '#domain/app-error.ts'

/** The largest file that is read at all. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024
/** More characters than this between two line ends, in prose, is no text that a person could read and cite. */
export const MAX_LINE_CHARACTERS = 1_000_000

/** Control characters that no text holds; tab, line feed, form feed and carriage return are text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\x00-\x08\x0B\x0E-\x1A\x1C-\x1F]/
const BINARY_STARTS = [
  '%PDF-',
  'PK\x03\x04',
  '\x89PNG',
  'GIF8',
  '\xFF\xD8\xFF',
  '\x1F\x8B',
  '{\\rtf',
  '\xD0\xCF\x11\xE0',
  '\x7FELF',
  'BZh',
]
/** What Windows-1252 has at 0x80 to 0x9F. */
const WINDOWS_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'
const NOT_TEXT = 'This file is not text: it holds bytes that no text has.'

/**
 * The text of a file: UTF-8, or UTF-16 when it has a byte order mark, or else Windows-1252 where that gives plausible
 * text. The byte order mark is dropped; line ends stay as they are.
 *
 * Throws AppError `too-large` above 50 MB, and `unprocessable` for an empty file and for what is not text.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('too-large', 'This file is larger than 50 MB.')
  const text = decode(bytes)
  if (text.trim() === '') throw new AppError('unprocessable', 'This file is empty.')
  return text
}

/** Refuses text with a line that no one could read, before anything is spent on it. */
export function refuseEndlessLines(text: string): void {
  let start = 0
  while (start <= text.length) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    if (end - start > MAX_LINE_CHARACTERS)
      throw new AppError('unprocessable', 'This file has a line of more than a million characters.')
    start = end + 1
  }
}

function decode(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  if (BINARY_STARTS.some((magic) => start.startsWith(magic))) throw new AppError('unprocessable', NOT_TEXT)
  const encoding = start.startsWith('\xFF\xFE')
    ? 'utf-16le'
    : start.startsWith('\xFE\xFF')
      ? 'utf-16be'
      : 'utf-8'
  const text = decodeStrictly(bytes, encoding) ?? decodeWindows1252(bytes)
  if (CONTROLS.test(text)) throw new AppError('unprocessable', NOT_TEXT)
  return text
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Any bytes are Windows-1252, so it is believed only where it gives letters: mostly ASCII, and few odd signs. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin = new TextDecoder('latin1').decode(bytes)
  // Some releases of Node decode these as ISO 8859-1, where they are control characters.
  const text = latin.replace(/[\u0080-\u009F]/g, (sign) => WINDOWS_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign)
  const high = text.match(/[^\t-\x7E]/g)?.length ?? 0
  const odd = text.match(/[\u0080-\u009F¤¦¨¬¯¸¼½¾×÷ƒˆ‡‰þÞðÐ]/g)?.length ?? 0
  if (high > text.length * 0.3 || odd > high * 0.2 + 1) throw new AppError('unprocessable', NOT_TEXT)
  return text
}
