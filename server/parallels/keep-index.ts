/**
 * Keeps the index and the parallels up to date with the editions that are read, in small steps outside of any
 * transaction: first every edition gets into the index, then the parallels of each are looked for, then what is not
 * read any more leaves it. Whatever is interrupted is found undone and done again.
 */

import { fingerprintsOf } from '#domain/parallels/fingerprints.ts'
import { readWords } from '#domain/parallels/read-words.ts'
import { recogniseParallels } from '#domain/parallels/same-parallels.ts'
import { findCanonicalText } from '../db/editions.ts'
import {
  claimEdition,
  countSearched,
  deleteFingerprints,
  deleteIndexed,
  findOutdated,
  findUnindexed,
  findUnsearched,
  finishEdition,
  type IndexedEdition,
  insertFingerprints,
  listIndexed,
  markSearched,
  touchEdition,
} from '../db/parallel-index.ts'
import {
  type KnownParallel,
  listKnownParallels,
  loseParallels,
  type ParallelToWrite,
  spreadFormulas,
  writeParallels,
} from '../db/parallels.ts'
import type { ServiceContext } from '../services/context.ts'
import { databaseCorpus } from './database-corpus.ts'
import { type ParallelReader, readHere, startParallelThread } from './parallel-thread.ts'

/** A server that wrote nothing of an edition for so long has given it up. */
const givenUpAfterMs = 60_000
/** Rows of one statement. */
const fingerprintsAtOnce = 4_000
const parallelsAtOnce = 50

/** Code units of a text that the serving thread reads by itself. */
const shortText = 30_000

type ChooseReader = (text: string) => ParallelReader

type Context = Pick<ServiceContext, 'database' | 'now' | 'newId'>

/** Brings everything up to date; answers how many editions were looked at. `onProgress` hears the share that is done. */
export async function keepIndex(
  context: Context,
  {
    signal,
    onProgress,
  }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {},
): Promise<number> {
  const threads: ParallelReader[] = []
  const readerOf: ChooseReader = (text) => {
    if (text.length <= shortText) return readHere
    const thread = threads[0] ?? startParallelThread()
    threads[0] = thread
    return thread
  }
  let looked = 0
  try {
    while (!signal?.aborted && (await indexNext(context, readerOf)));
    for (
      let next = await nextUnsearched(context);
      next && !signal?.aborted;
      next = await nextUnsearched(context)
    ) {
      await search(context, readerOf, next)
      looked++
      const { all, searched } = await countSearched(context.database.db)
      onProgress?.(all === 0 ? 1 : searched / all)
    }
    while (!signal?.aborted && (await removeOutdated(context)));
    return looked
  } finally {
    for (const thread of threads) await thread.end()
  }
}

const nextUnsearched = ({ database }: Context) => findUnsearched(database.db)

/** Puts one edition into the index; false when all are in it, or in the hands of another server. */
async function indexNext({ database: { db }, now }: Context, readerOf: ChooseReader): Promise<boolean> {
  const silentSince = new Date(now() - givenUpAfterMs)
  const next = await findUnindexed(db, silentSince)
  if (!next) return false
  const text = (await findCanonicalText(db, next.editionId)) ?? ''
  const { words, places } = await readerOf(text).read(text)
  const number = await claimEdition(db, next.editionId, words, { now: new Date(now()), silentSince })
  if (number === null) return true
  let touchedAt = now()
  for (let from = 0; from < places.words.length; from += fingerprintsAtOnce) {
    await insertFingerprints(db, number, places, [from, from + fingerprintsAtOnce])
    if (now() - touchedAt > givenUpAfterMs / 10) {
      touchedAt = now()
      await touchEdition(db, number, new Date(touchedAt))
    }
  }
  await finishEdition(db, number, new Date(now()))
  return true
}

/** Looks for the parallels of an edition, and writes what was found of it under the ids that were known. */
async function search(context: Context, readerOf: ChooseReader, edition: IndexedEdition): Promise<void> {
  const { database, now, newId } = context
  const { db } = database
  const text = (await findCanonicalText(db, edition.editionId)) ?? ''
  const indexed = await listIndexed(db)
  const found = await readerOf(text).find(text, edition.number, databaseCorpus(db))
  const finds = found.flatMap((each) => {
    const there = indexed.get(each.text)
    // An edition of this very document that is not read any more may still be in the index.
    return there && (there.number === edition.number || there.documentId !== edition.documentId)
      ? [{ found: each, here: edition, there }]
      : []
  })
  const known = await listKnownParallels(db, edition.documentId)
  const left = new Set(known.map(({ id }) => id))
  const writes: ParallelToWrite[] = []
  for (const otherId of new Set([...finds.map(({ there }) => there.documentId)])) {
    const some = finds.filter(({ there }) => there.documentId === otherId)
    const before = known.flatMap((each) => seenFrom(each, edition.documentId, otherId))
    const words = some.map((find) => ({ here: find.found.here.words, there: find.found.there.words }))
    recogniseParallels(words, before).forEach((recognised, index) => {
      const find = some[index]
      if (!find) return
      if (recognised) left.delete(recognised.id)
      writes.push({ ...find, id: recognised?.id ?? newId() })
    })
  }
  for (let from = 0; from < writes.length; from += parallelsAtOnce) {
    await writeParallels(db, writes.slice(from, from + parallelsAtOnce), new Date(now()))
  }
  await loseParallels(db, [...left], new Date(now()))
  await spreadFormulas(db, edition.documentId)
  await markSearched(db, edition.number, new Date(now()))
}

/** A known parallel with the words of this document as `here`; none when it is with another document. */
function seenFrom(
  { id, hereDocumentId, thereDocumentId, hereText, thereText }: KnownParallel,
  documentId: string,
  otherId: string,
): { id: string; here: string; there: string }[] {
  if (hereDocumentId === documentId && thereDocumentId === otherId)
    return [{ id, here: hereText, there: thereText }]
  if (thereDocumentId === documentId && hereDocumentId === otherId)
    return [{ id, here: thereText, there: hereText }]
  return []
}

/** Takes an edition out of the index that is not read any more; false when there is none. */
async function removeOutdated({ database: { db } }: Context): Promise<boolean> {
  const outdated = await findOutdated(db)
  if (!outdated) return false
  const hashes = fingerprintsOf(readWords((await findCanonicalText(db, outdated.editionId)) ?? ''))
  for (let from = 0; from < hashes.length; from += fingerprintsAtOnce) {
    await deleteFingerprints(db, outdated.number, hashes.subarray(from, from + fingerprintsAtOnce))
  }
  await deleteIndexed(db, outdated.number)
  return true
}
