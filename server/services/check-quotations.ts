/**
 * Quotations in notes, held against the corpus: what is quoted almost, but not quite, as it stands in a text is shown
 * with the difference. A phrase is short, so it is believed when nearly all of it is found, and the document that the
 * thread is about is believed first.
 */
import { type FoundParallel, findParallels } from '#domain/parallels/find-parallels.ts'
import { findQuotedPhrases } from '#domain/parallels/quoted-phrases.ts'
import { readWords } from '#domain/parallels/read-words.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { CheckedQuotation } from '#domain/wire/parallel.ts'
import { findDocument, type StoredDocument } from '../db/documents.ts'
import { listIndexed } from '../db/parallel-index.ts'
import { databaseCorpus } from '../parallels/database-corpus.ts'
import type { ServiceContext } from './context.ts'
import { presentDifference } from './present-parallel.ts'
import { getThread } from './thread-access.ts'

/** Shorter quotations are said by chance; the index finds five words wherever they stand. */
const LEAST_WORDS = 5
const LEAST_FOUND = 0.6
const MOST_QUOTATIONS = 20

/** Every quotation in the thread's note, in its order: see `ParallelService.checkNote`. */
export async function checkQuotations(
  context: ServiceContext,
  actor: Actor,
  threadId: string,
): Promise<CheckedQuotation[]> {
  const { database, now } = context
  const { note, documentId } = await getThread(context, actor, threadId)
  const text = note?.text ?? ''
  const phrases = findQuotedPhrases(text).map(({ start, end }) => ({ start, quoted: text.slice(start, end) }))
  const long = phrases
    .filter(({ quoted }) => readWords(quoted).count >= LEAST_WORDS)
    .slice(0, MOST_QUOTATIONS)
  if (long.length === 0) return []
  const indexed = await listIndexed(database.db)
  const documents = new Map<string, StoredDocument | null>()
  const checked: CheckedQuotation[] = []
  for (const { start, quoted } of long) {
    const finds = await findQuoted(context, quoted)
    let best: { find: FoundParallel; document: StoredDocument; editionId: string } | null = null
    for (const find of finds) {
      const edition = indexed.get(find.text)
      if (!edition) continue
      const known = documents.get(edition.documentId)
      const document = known === undefined ? await findDocument(database.db, edition.documentId) : known
      documents.set(edition.documentId, document)
      if (!document || !can(actor, 'document.read', document.facts, now())) continue
      if (best && worthOf(best.find, best.document, documentId) >= worthOf(find, document, documentId))
        continue
      best = { find, document, editionId: edition.editionId }
    }
    checked.push({ quoted, start, ...describeSource(best) })
  }
  return checked
}

async function findQuoted({ database }: ServiceContext, quoted: string): Promise<readonly FoundParallel[]> {
  const { count } = readWords(quoted)
  return findParallels(quoted, databaseCorpus(database.db), {
    ownText: null,
    leastCovered: 4,
    isEnough: ({ sharedWords }) => sharedWords >= Math.max(4, LEAST_FOUND * count),
  })
}

const worthOf = (find: FoundParallel, document: StoredDocument, documentId: string) =>
  find.sharedWords + find.similarity + (document.document.id === documentId ? 1 : 0)

function describeSource(
  best: {
    readonly find: FoundParallel
    readonly document: StoredDocument
    readonly editionId: string
  } | null,
): Pick<CheckedQuotation, 'source' | 'similarity' | 'differences'> {
  if (!best) return { source: null, similarity: 0, differences: [] }
  const { find, document, editionId } = best
  const { id, slug, title } = document.document
  const { start, end, words } = find.there
  return {
    source: { documentId: id, document: { slug, title }, editionId, exact: words, start, end },
    similarity: find.similarity,
    // A phrase inside a sentence is no corruption of the sentence.
    differences: find.differences
      .filter(({ kind }) => kind !== 'begins' && kind !== 'ends')
      .map(presentDifference),
  }
}
