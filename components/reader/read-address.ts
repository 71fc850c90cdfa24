/** The addresses of the reader. */
import type { TextRange } from '#domain/text/edition-text.ts'

/** A place in a document, as an address names it. */
export interface ReadPlace {
  /** Number of the edition; null or left out is the current one. */
  readonly edition?: number | null
  readonly section?: number
  readonly range?: TextRange
  readonly paragraph?: number
  readonly threadId?: string
  /** With `threadId`: its note is opened for writing. */
  readonly isWriting?: boolean
  /** An id on the page. */
  readonly hash?: string
}

/** The address that opens the reader at a place. */
export function readAddress(slug: string, place: ReadPlace = {}): string {
  const { edition, section, range, paragraph, threadId, isWriting, hash } = place
  const query = new URLSearchParams()
  if (edition) query.set('edition', String(edition))
  if (range) query.set('at', `${range.start}-${range.end}`)
  if (paragraph !== undefined) query.set('p', String(paragraph))
  if (threadId !== undefined) query.set('thread', threadId)
  if (isWriting) query.set('writing', 'yes')
  const path = `/read/${encodeURIComponent(slug)}${section === undefined ? '' : `/${section}`}`
  return `${path}${query.size > 0 ? `?${query}` : ''}${hash ? `#${hash}` : ''}`
}

/** A passage that an address leads to. */
export interface LinkedPassage {
  readonly slug: string
  /** Number of the edition that the range is in; null is the current one. */
  readonly edition: number | null
  readonly range: TextRange
}

/** Reads what `readAddress` wrote for a passage, alone or inside of other words such as a citation; null for anything else. */
export function fromPassageLink(words: string): LinkedPassage | null {
  const found = /\/read\/([^/?#\s]+)(?:\/\d+)?\?([^#\s]*)/.exec(words)
  const query = new URLSearchParams(found?.[2])
  const at = /^(\d{1,9})-(\d{1,9})$/.exec(query.get('at') ?? '')
  const slug = decodeSegment(found?.[1] ?? '')
  if (!slug || !at) return null
  const edition = Number(query.get('edition'))
  return {
    slug,
    edition: Number.isInteger(edition) && edition > 0 ? edition : null,
    range: { start: Number(at[1]), end: Number(at[2]) },
  }
}

/** What a part of a path says; null where it is not written as one. */
function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

/** An offset in another edition of the document, to be read in the edition that is opened. */
export interface PlaceElsewhere {
  readonly edition: number
  readonly offset: number
}

/** The address that opens the current edition at what stood at a place of another one. */
export function currentPlaceAddress(slug: string, { edition, offset }: PlaceElsewhere): string {
  return `/read/${encodeURIComponent(slug)}?from-edition=${edition}-${offset}`
}

/** Reads what `currentPlaceAddress` wrote; null for anything else. */
export function toPlaceElsewhere(value: string | null): PlaceElsewhere | null {
  const found = /^([1-9]\d{0,5})-(\d{1,9})$/.exec(value ?? '')
  return found ? { edition: Number(found[1]), offset: Number(found[2]) } : null
}
