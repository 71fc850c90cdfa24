/** What every export of a dispute says of its parts in words. */
import { differenceWords } from '../parallels/difference-words.ts'
import type {
  CitedDocument,
  Dispute,
  DisputePassage,
  DisputePosition,
  EvidenceSource,
  QuotedParallel,
  VisibleEvidence,
} from '../wire/dispute.ts'
import type { WordsInPlace } from '../wire/edition.ts'

/**
 * Where the words of a passage are from, as they are cited: authors, title, edition, paragraph. That is the current
 * edition where they stand in it as they were quoted, else the one that they were quoted from.
 */
export function citePassage(passage: DisputePassage): string {
  const { document, exact, place, quotedFrom } = passage
  return place?.words === exact ? citePlace(document, place) : cite(document, quotedFrom)
}

/** A place in the current edition of a document, as it is cited, whatever stands there. */
export function citePlace(document: CitedDocument, { paragraph }: WordsInPlace): string {
  return cite(document, document.edition, paragraph ? `¶ ${paragraph}` : '')
}

function cite({ authors, title }: CitedDocument, edition: number, place = ''): string {
  return [authors.join(', '), title, `edition ${edition}`, place].filter((part) => part !== '').join(', ')
}

/** What has become of a passage since it was quoted, or null when it reads as it did. */
export function describeFate({ document, anchor, exact, place }: DisputePassage): string | null {
  if (document.withdrawn) return 'The document has been withdrawn; these are the words as they were quoted.'
  switch (anchor.state) {
    case 'orphaned':
      return 'These words are gone from the current edition.'
    case 'changed':
      return place && place.words !== exact ? `In the current edition: “${place.words}”` : null
    case 'uncertain':
      return 'Where these words stand in the current edition is uncertain.'
    default:
      return null
  }
}

/** The passages that a piece of evidence quotes: one, the two of a parallel, or none. */
export function passagesOf(source: EvidenceSource): DisputePassage[] {
  if (source.kind === 'passage') return [source.passage]
  return source.kind === 'parallel' ? [source.here, source.there] : []
}

/** How the two passages of a parallel differ, each difference in a line: its kind, the words of one and of the other. */
export function describeDifferences({ differences }: QuotedParallel): string[] {
  return differences.map(({ kind, here, there, elided }) => {
    const words = [here, there].map((side) => (side.words === '' ? 'nothing' : `“${side.words}”`))
    return `${differenceWords[kind]}${elided ? ', at an ellipsis' : ''}: ${words.join(' │ ')}`
  })
}

/** The words of a piece of evidence, in one line where they are short. */
export function quoteEvidence({ source }: VisibleEvidence): string {
  switch (source.kind) {
    case 'passage':
      return source.passage.exact
    case 'parallel':
      return `${source.here.exact} │ ${source.there.exact}`
    case 'thread':
      return source.thread.deleted ? 'A thread that was deleted.' : source.thread.text
    case 'citation':
      return source.citation
  }
}

/** Where the words of a piece of evidence are from. */
export function citeEvidence({ source }: VisibleEvidence): string {
  switch (source.kind) {
    case 'passage':
      return citePassage(source.passage)
    case 'parallel':
      return `${citePassage(source.here)} │ ${citePassage(source.there)}`
    case 'thread':
      return `${source.thread.author.name}, in a margin note`
    case 'citation':
      return ''
  }
}

/** Who holds a position, with the part of their stance where it is not the whole, and the words where they took others. */
export function nameHolders({ holders }: DisputePosition): string[] {
  return holders.map(({ person, share, takenAs, left }) => {
    const part = share < 1 ? ` (${Math.round(share * 100)} %)` : ''
    const words = takenAs === null ? '' : `, as “${takenAs}”`
    return `${person.name}${part}${words}${left ? ', who has left the group' : ''}`
  })
}

/** The positions that the outcome does not follow and that somebody holds; none before it is settled. */
export function findDissent({ status, outcome, positions }: Dispute): DisputePosition[] {
  if (status !== 'settled') return []
  return positions.filter(({ id, holders }) => id !== outcome?.positionId && holders.length > 0)
}
