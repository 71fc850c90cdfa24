/**
 * The texts of editions that are in use. An edition never changes, so what was read once stays true; the texts read
 * last are kept, up to a number of bytes, so that placing a passage or finding words costs no reading.
 */
import { LRUCache } from 'lru-cache'
import { type FoldedText, foldText } from '#domain/anchoring/fold-text.ts'
import { AppError } from '#domain/app-error.ts'
import type { Database } from '../db/database.ts'
import { findCanonicalText } from '../db/editions.ts'

/** The canonical text of one edition. */
export interface CachedText {
  readonly text: string
  /** Folded when first asked for. */
  readonly folded: FoldedText
}

const maxBytes = 64 * 1024 * 1024
/** Two for a code unit of the text, and what folding keeps of it. */
const bytesPerUnit = 12

const caches = new WeakMap<Database, LRUCache<string, CachedText>>()

/**
 * The canonical text of an edition, published or not. Throws `not-found` when there is no such edition.
 * It may read from the database on a connection of its own: never to be awaited inside a transaction.
 */
export async function getEditionText(database: Database, editionId: string): Promise<CachedText> {
  const cached = await cacheOf(database).fetch(editionId)
  if (!cached) throw new AppError('not-found', 'There is no such edition.')
  return cached
}

function cacheOf(database: Database): LRUCache<string, CachedText> {
  let cache = caches.get(database)
  if (!cache) {
    cache = new LRUCache<string, CachedText>({
      maxSize: maxBytes,
      sizeCalculation: ({ text }) => Math.max(1, text.length * bytesPerUnit),
      fetchMethod: async (editionId) => {
        const text = await findCanonicalText(database.db, editionId)
        return text === null ? undefined : toCachedText(text)
      },
    })
    caches.set(database, cache)
  }
  return cache
}

function toCachedText(text: string): CachedText {
  let folded: FoldedText | null = null
  return {
    text,
    get folded() {
      folded ??= foldText(text)
      return folded
    },
  }
}
