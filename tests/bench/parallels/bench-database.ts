/**
 * How fast the index is written and asked in PostgreSQL, at growing sizes of a corpus of generated prose:
 * `npx tsx tests/bench/parallels/bench-database.ts [--sizes 1000000,10000000] [--seed 1] [--embedded]`.
 *
 * At each size what came in is indexed, some of its texts are looked up, and a new text of 30,000 words, with
 * quotations planted in it, is brought in, indexed and looked up, as the server does it after an import. Time is of the
 * clock, which other work on the machine lengthens; *cpu* is what this process and its threads used, and on Linux
 * the sessions of the database too, taken together as if on one core. Nothing is asserted.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { takeDataFolder } from '#server/db/data-folder.ts'
import { type Db, openDatabase } from '#server/db/database.ts'
import { insertBlocks, insertEdition } from '#server/db/editions.ts'
import { listParallelPlaces } from '#server/db/parallel-places.ts'
import { insertDocument, publishDocument } from '#server/db/unpublished-documents.ts'
import { keepIndex } from '#server/parallels/keep-index.ts'
import { startPostgres, templateDatabase } from '#tests/factories/postgres.ts'
import { createRandom } from '../anchoring/random.ts'
import { CORRUPTIONS, Planter } from './plant-quotations.ts'
import { ProseWriter } from './write-prose.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000000,10000000' },
    seed: { type: 'string', default: '1' },
    embedded: { type: 'boolean', default: false },
  },
})

/** What is measured at each size. */
const WORDS_OF_TEXT = 20_000
const WORDS_OF_NEW_TEXT = 30_000
const QUOTATIONS = 20
const TEXTS_LOOKED_UP = 5

const folder = await mkdtemp(path.join(tmpdir(), 'postil-bench-'))
const postgres = values.embedded ? null : await startPostgres()
const database = await openDatabase({
  databaseUrl: postgres
    ? `postgresql://postgres@localhost/${templateDatabase}?host=${encodeURIComponent(postgres.socketFolder)}`
    : null,
  folder: postgres ? null : await takeDataFolder(folder),
  log: pino({ level: 'silent' }),
})
const context = { database, now: Date.now, newId: randomUUID }
const writer = new ProseWriter(Number(values.seed))
const random = createRandom(Number(values.seed) + 1_000)
const sources: { text: string; number: number }[] = []
const rows: Record<string, string | number>[] = []
let written = 0
for (const size of values.sizes.split(',').map(Number)) {
  const before = written
  for (; written < size; written += WORDS_OF_TEXT) {
    const sentences = writer.write(WORDS_OF_TEXT)
    await addDocument(database.db, sentences)
    if (sources.length < 50) sources.push({ text: sentences.join(' '), number: sources.length })
  }
  const indexed = await timed(indexAll)
  const searched = await timed(searchSome)
  const planter = new Planter(random, sources, () => writer.word())
  const sentences = CORRUPTIONS.flatMap((corruption) =>
    planter
      .plant(writer.write(WORDS_OF_NEW_TEXT / CORRUPTIONS.length), corruption, QUOTATIONS)
      .text.split(/(?<=[.”]) /),
  )
  const documentId = await addDocument(database.db, sentences)
  const looked = await timed(() => keepIndex(context))
  const [{ bytes }] = await database.db.$queryRawUnsafe<[{ bytes: bigint }]>(
    `SELECT pg_total_relation_size('"Fingerprint"') AS bytes`,
  )
  const shown = await listParallelPlaces(database.db, documentId, {
    formulas: false,
    dismissed: false,
    within: null,
  })
  rows.push({
    words: written,
    'indexed words/min': perMinute(written - before, indexed.ms),
    '…/min of cpu': perMinute(written - before, indexed.cpuMs),
    'looked up words/min': perMinute(TEXTS_LOOKED_UP * WORDS_OF_TEXT, searched.ms),
    '…/min of cpu ': perMinute(TEXTS_LOOKED_UP * WORDS_OF_TEXT, searched.cpuMs),
    'new text s': (looked.ms / 1_000).toFixed(2),
    'new text cpu s': (looked.cpuMs / 1_000).toFixed(2),
    'finds shown': shown.length,
    'index MB': Math.round(Number(bytes) / 1e6),
  })
  console.log(JSON.stringify(rows.at(-1)))
}
console.table(rows)
await database.close()
await postgres?.stop()
await rm(folder, { recursive: true })

/** Puts everything into the index, and looks no further than the first text. */
async function indexAll(): Promise<void> {
  const stop = new AbortController()
  await keepIndex(context, { signal: stop.signal, onProgress: () => stop.abort() })
}

/** Looks up the last few texts, and takes the others for looked up. */
async function searchSome(): Promise<void> {
  const { db } = database
  await db.indexedEdition.updateMany({ data: { searchedAt: new Date() } })
  const last = await db.indexedEdition.findMany({ orderBy: { number: 'desc' }, take: TEXTS_LOOKED_UP })
  await db.indexedEdition.updateMany({
    where: { number: { in: last.map(({ number }) => number) } },
    data: { searchedAt: null },
  })
  await keepIndex(context)
}

async function timed(run: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number }> {
  const cpu = process.cpuUsage()
  const databaseMs = await databaseCpuMs()
  const at = performance.now()
  await run()
  const ms = performance.now() - at
  const used = process.cpuUsage(cpu)
  return { ms, cpuMs: (used.user + used.system) / 1_000 + (await databaseCpuMs()) - databaseMs }
}

/** What the open sessions of the database have used so far; 0 where it runs within this process, or cannot be told. */
async function databaseCpuMs(): Promise<number> {
  if (!postgres) return 0
  const sessions = await database.db.$queryRaw<{ pid: number }[]>`SELECT pid FROM pg_stat_activity`
  const used = await Promise.all(
    sessions.map(async ({ pid }) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // After the name in brackets: fields 14 and 15 of proc(5), in hundredths of a second.
      const [user = 0, system = 0] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number)
      return 10 * (user + system)
    }),
  )
  return used.reduce((sum, ms) => sum + ms, 0)
}

function perMinute(words: number, ms: number): number {
  return Math.round((60_000 * words) / ms)
}

/** A published document of paragraphs of some sentences each. */
async function addDocument(db: Db, sentences: readonly string[]): Promise<string> {
  const [documentId, editionId] = [randomUUID(), randomUUID()]
  const now = new Date()
  const paragraphs = Array.from({ length: Math.ceil(sentences.length / 6) }, (_, i) =>
    sentences.slice(6 * i, 6 * i + 6).join(' '),
  )
  let start = 0
  const blocks = paragraphs.map((text, index) => {
    const block = {
      index,
      number: index + 1,
      start,
      end: start + text.length,
      form: { kind: 'paragraph' as const },
      text,
      marks: [],
      source: null,
    }
    start = block.end + 1
    return block
  })
  await insertDocument(db, {
    id: documentId,
    slug: documentId,
    title: 'Prose',
    authors: [],
    language: null,
    visibility: 'public',
    stewardId: null,
    bodyHash: '',
    createdAt: now,
  })
  await insertEdition(db, {
    id: editionId,
    documentId,
    number: 1,
    format: 'txt',
    fileName: null,
    contentType: null,
    sha256: '',
    size: start,
    length: start - 1,
    blockCount: blocks.length,
    sections: [],
    repairs: [],
    notices: [],
    works: [],
    createdById: null,
    createdAt: now,
  })
  for (let from = 0; from < blocks.length; from += 500)
    await insertBlocks(db, editionId, blocks.slice(from, from + 500))
  await publishDocument(db, documentId, editionId, now)
  return documentId
}
