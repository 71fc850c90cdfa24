/**
 * How fast the index is written and asked in PostgreSQL, at growing sizes of a corpus of generated prose:
 * `npx tsx tests/bench/parallels/bench-database.ts [--sizes 1000000,10000000] [--seed 1] [--embedded]`.
 *
 * At each size a new text of 30,000 words, with quotations planted in it, is brought in, indexed and looked up, as the
 * server does it after an import. Time is of the clock; `cpu` is this process alone, its threads with it. Nothing is asserted.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { takeDataFolder } from '#server/db/data-folder.ts'
import { type Db, openDatabase } from '#server/db/database.ts'
import { insertBlocks, insertEdition } from '#server/db/editions.ts'
import { listParallels } from '#server/db/parallels.ts'
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
  const indexed = await timed(() => keepIndex({ ...context, database }))
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
  const shown = await listParallels(database.db, documentId, {
    formulas: false,
    dismissed: false,
    within: null,
  })
  rows.push({
    words: written,
    'indexed and searched words/min': Math.round((60_000 * (written - before)) / indexed.ms),
    'of these cpu s': Math.round(indexed.cpuMs / 1_000),
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

async function timed(run: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number }> {
  const [at, cpu] = [performance.now(), process.cpuUsage()]
  await run()
  const used = process.cpuUsage(cpu)
  return { ms: performance.now() - at, cpuMs: (used.user + used.system) / 1_000 }
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
