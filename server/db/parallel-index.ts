/**
 * The index by which parallels are found: which editions are in it, and where their fingerprints stand. In it is what is
 * read now: the current editions of documents that are not withdrawn.
 */
import type { IndexedPlace, TextSlice } from '#domain/parallels/find-parallels.ts'
import type { IndexedPlaces } from '#domain/parallels/fingerprints.ts'
import type { Tx } from './database.ts'

/** Of a fingerprint in more places than this, no more are told than that there is one more. */
const MOST_PLACES = 32

/** An edition that is in the index, or shall be. */
export interface IndexedEdition {
  /** What its fingerprints bear. */
  readonly number: number
  readonly editionId: string
  readonly documentId: string
}

/** A current edition that is not in the index, or given up half-way since `silentSince`; null when all are in it. */
export async function findUnindexed(
  tx: Tx,
  silentSince: Date,
): Promise<{ readonly editionId: string; readonly documentId: string } | null> {
  const rows = await tx.$queryRaw<{ editionId: string; documentId: string }[]>`
    SELECT d."currentEditionId" AS "editionId", d.id AS "documentId" FROM "Document" d
    LEFT JOIN "IndexedEdition" i ON i."editionId" = d."currentEditionId"
    WHERE d."currentEditionId" IS NOT NULL AND d."withdrawnAt" IS NULL
      AND (i.number IS NULL OR (i."readyAt" IS NULL AND i."touchedAt" < ${silentSince}))
    ORDER BY d."createdAt", d.id LIMIT 1`
  return rows[0] ?? null
}

/** Takes an edition for the index: its number, or null when another server was faster. */
export async function claimEdition(
  tx: Tx,
  editionId: string,
  words: number,
  { now, silentSince }: { readonly now: Date; readonly silentSince: Date },
): Promise<number | null> {
  const rows = await tx.$queryRaw<{ number: number }[]>`
    INSERT INTO "IndexedEdition" ("editionId", words, "touchedAt") VALUES (${editionId}, ${words}, ${now})
    ON CONFLICT ("editionId") DO UPDATE SET "touchedAt" = ${now}
      WHERE "IndexedEdition"."readyAt" IS NULL AND "IndexedEdition"."touchedAt" < ${silentSince}
    RETURNING number`
  return rows[0]?.number ?? null
}

/** Writes the fingerprints from `first` up to, not including, `end`; those that are there already stay. */
export async function insertFingerprints(
  tx: Tx,
  edition: number,
  places: IndexedPlaces,
  [first, end]: readonly [number, number],
): Promise<void> {
  const part = (numbers: Int32Array) => [...numbers.subarray(first, end)]
  await tx.$executeRaw`
    INSERT INTO "Fingerprint" (hash, edition, word, "offset")
    SELECT hash, ${edition}::int, word, "offset"
    FROM unnest(${part(places.fingerprints)}::int[], ${part(places.words)}::int[], ${part(places.offsets)}::int[])
      AS place(hash, word, "offset")
    ON CONFLICT DO NOTHING`
}

/** Says that all fingerprints of an edition are written. */
export async function finishEdition(tx: Tx, number: number, now: Date): Promise<void> {
  await tx.indexedEdition.update({ where: { number }, data: { readyAt: now, touchedAt: now } })
}

/** Says that the indexing of an edition goes on. */
export async function touchEdition(tx: Tx, number: number, now: Date): Promise<void> {
  await tx.indexedEdition.update({ where: { number }, data: { touchedAt: now } })
}

/** A current edition in the index whose parallels were not looked for yet; null when there is none. */
export async function findUnsearched(tx: Tx): Promise<IndexedEdition | null> {
  const rows = await tx.$queryRaw<IndexedEdition[]>`
    SELECT i.number, i."editionId", d.id AS "documentId" FROM "IndexedEdition" i
    JOIN "Document" d ON d."currentEditionId" = i."editionId"
    WHERE i."readyAt" IS NOT NULL AND i."searchedAt" IS NULL AND d."withdrawnAt" IS NULL ORDER BY i.number LIMIT 1`
  return rows[0] ?? null
}

/** Says that the parallels of an edition were looked for. */
export async function markSearched(tx: Tx, number: number, now: Date): Promise<void> {
  await tx.indexedEdition.update({ where: { number }, data: { searchedAt: now } })
}

/** Lets the parallels of every edition be looked for once more. */
export async function forgetSearches(tx: Tx): Promise<void> {
  await tx.indexedEdition.updateMany({ data: { searchedAt: null } })
}

/** How many current editions there are, and of how many the parallels were looked for. */
export async function countSearched(tx: Tx): Promise<{ readonly all: number; readonly searched: number }> {
  const rows = await tx.$queryRaw<{ all: number; searched: number }[]>`
    SELECT count(*)::int AS "all", count(i."searchedAt")::int AS searched FROM "Document" d
    LEFT JOIN "IndexedEdition" i ON i."editionId" = d."currentEditionId"
    WHERE d."currentEditionId" IS NOT NULL AND d."withdrawnAt" IS NULL`
  return rows[0] ?? { all: 0, searched: 0 }
}

/** An edition in the index that is not read any more; null when there is none. */
export async function findOutdated(
  tx: Tx,
): Promise<{ readonly number: number; readonly editionId: string } | null> {
  const rows = await tx.$queryRaw<{ number: number; editionId: string }[]>`
    SELECT i.number, i."editionId" FROM "IndexedEdition" i
    WHERE NOT EXISTS (
      SELECT 1 FROM "Document" d WHERE d."currentEditionId" = i."editionId" AND d."withdrawnAt" IS NULL) LIMIT 1`
  return rows[0] ?? null
}

/** Takes some fingerprints of an edition out of the index. */
export async function deleteFingerprints(tx: Tx, edition: number, hashes: Int32Array): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Fingerprint" WHERE hash = ANY(${[...hashes]}::int[]) AND edition = ${edition}`
}

/** Takes an edition out of the index whose fingerprints are out of it. */
export async function deleteIndexed(tx: Tx, number: number): Promise<void> {
  await tx.indexedEdition.deleteMany({ where: { number } })
}

/** The editions in the index that are read now, by number. */
export async function listIndexed(tx: Tx): Promise<ReadonlyMap<number, IndexedEdition>> {
  const rows = await tx.$queryRaw<IndexedEdition[]>`
    SELECT i.number, i."editionId", d.id AS "documentId" FROM "IndexedEdition" i
    JOIN "Document" d ON d."currentEditionId" = i."editionId"
    WHERE i."readyAt" IS NOT NULL AND d."withdrawnAt" IS NULL`
  return new Map(rows.map((row) => [row.number, row]))
}

/** Where these fingerprints stand. One row of text is all that comes back: numbers in columns would take ten times as long to read. */
export async function findPlaces(tx: Tx, fingerprints: Int32Array): Promise<Map<number, IndexedPlace[]>> {
  const rows = await tx.$queryRaw<{ places: string | null }[]>`
    SELECT string_agg(concat_ws(' ', wanted.hash, place.edition, place.word, place."offset"), ' ') AS places
    FROM unnest(${[...fingerprints]}::int[]) AS wanted(hash)
    CROSS JOIN LATERAL (
      SELECT edition, word, "offset" FROM "Fingerprint" WHERE hash = wanted.hash LIMIT ${MOST_PLACES + 1}
    ) AS place`
  const numbers = (rows[0]?.places ?? '').split(' ').map(Number)
  const found = new Map<number, IndexedPlace[]>()
  for (let at = 0; at + 3 < numbers.length; at += 4) {
    const [hash = 0, text = 0, word = 0, offset = 0] = numbers.slice(at, at + 4)
    const places = found.get(hash)
    if (places) places.push({ text, word, offset })
    else found.set(hash, [{ text, word, offset }])
  }
  return found
}

/** The words of these parts of indexed editions, in the same order; null where the edition is not in the index. */
export async function readSlices(tx: Tx, slices: readonly TextSlice[]): Promise<(string | null)[]> {
  if (slices.length === 0) return []
  const rows = await tx.$queryRaw<{ place: number; start: number; text: string }[]>`
    SELECT slice.place::int AS place, min(b.start) AS start, string_agg(b.text, E'\n' ORDER BY b.index) AS text
    FROM unnest(
      ${slices.map(({ text }) => text)}::int[],
      ${slices.map(({ start }) => start)}::int[],
      ${slices.map(({ end }) => end)}::int[]
    ) WITH ORDINALITY AS slice(number, start, "end", place)
    JOIN "IndexedEdition" i ON i.number = slice.number
    JOIN "Block" b ON b."editionId" = i."editionId" AND b.start < slice."end" AND b.start >= (
      SELECT max(first.start) FROM "Block" first
      WHERE first."editionId" = i."editionId" AND first.start <= slice.start)
    GROUP BY slice.place`
  const texts = slices.map((): string | null => null)
  for (const { place, start, text } of rows) {
    const slice = slices[place - 1]
    if (slice) texts[place - 1] = text.slice(slice.start - start, slice.end - start)
  }
  return texts
}
