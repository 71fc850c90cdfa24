/**
 * What the register of disputes costs: `npx tsx tests/bench/disputes/bench.ts [disputes]`. Each dispute has two
 * positions, two stances, three pieces of evidence and a history of ten rows; half of them are in a layer that who
 * asks may not read. Measured on PostgreSQL over the service, medians of twenty; never asserted.
 */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { toCitableId } from '#domain/disputes/citable-id.ts'
import type { Person } from '#domain/policy/actor.ts'
import type { Tx } from '#server/db/database.ts'
import { openDatabase } from '#server/db/database.ts'
import type { Services } from '#server/services/services.ts'
import { startServices } from '#server/services/start-services.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { startPostgres, templateDatabase } from '#tests/factories/postgres.ts'

const count = Number(process.argv[2] ?? 1000)
const rounds = 20

const postgres = await startPostgres()
const host = encodeURIComponent(postgres.socketFolder)
const databaseUrl = `postgresql://postgres@localhost/${templateDatabase}?host=${host}`
const log = pino({ level: 'silent' })
const database = await openDatabase({ databaseUrl, folder: null, log })
const services = startServices({
  database,
  log,
  now: Date.now,
  newId: randomUUID,
  secret: 'a secret for measuring, of 32 letters',
  publicUrl: () => 'http://127.0.0.1:3000',
  sendMail: null,
  oidc: null,
})

try {
  const reader = await fill(services)
  await database.db.$executeRawUnsafe('ANALYZE')
  const list = (query: object) => services.disputes.list(reader, { sort: 'activity', limit: 50, ...query })
  console.log(`${count} disputes, of which ${Math.ceil(count / 2)} may be seen`)
  await measure('first page by activity', () => list({}))
  await measure('first page by dividedness', () => list({ sort: 'dividedness' }))
  await measure('oldest first', () => list({ sort: 'age' }))
  await measure('one status and one tag', () => list({ status: 'contested', tag: 'tag-3' }))
  await measure('one person', () => list({ person: reader.userId }))
  let cursor: string | undefined
  let pages = 0
  const began = performance.now()
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ cursor })
    cursor = page.next ?? undefined
    pages += 1
  } while (cursor !== undefined)
  console.log(`all ${pages} pages: ${Math.round(performance.now() - began)} ms`)
  const { documents } = services
  const [document] = (await documents.list(reader, { limit: 1 })).items
  if (document) await measure('map of the document', () => services.disputes.map(reader, document.id))
} finally {
  await database.close()
  await postgres.stop()
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  console.log(`${name}: ${times[rounds / 2]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`)
}

/** Fills the database past the services, which would take minutes; answers a reader of one of its two groups. */
async function fill(made: Services): Promise<Person> {
  const [admin, reader, other] = await Promise.all([
    aPerson(made, { name: 'Admin', admin: true }),
    aPerson(made, { name: 'Reader' }),
    aPerson(made, { name: 'Other' }),
  ])
  const document = await aDocument(made, admin)
  const layers: string[] = []
  for (const owner of [reader, other]) layers.push(layerOf(await aGroup(made, owner), 'discussion').id)
  const batch = 50
  for (let from = 0; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index)
    await database.transaction((tx) =>
      insert(tx, numbers, {
        documentId: document.id,
        editionId: document.edition.id,
        layers,
        people: [reader, other],
      }),
    )
  }
  return asNow(made, reader)
}

interface Ground {
  readonly documentId: string
  readonly editionId: string
  readonly layers: readonly string[]
  readonly people: readonly Person[]
}

async function insert(tx: Tx, numbers: readonly number[], ground: Ground): Promise<void> {
  const { documentId, editionId, layers, people } = ground
  const rows = numbers.map((number) => {
    const at = new Date(Date.now() - number * 60_000)
    const authorId = people[number % 2]?.userId ?? ''
    return {
      number,
      at,
      authorId,
      threadId: randomUUID(),
      id: toCitableId(randomUUID()),
      passageId: randomUUID(),
    }
  })
  await tx.thread.createMany({
    data: rows.map(({ threadId, number, authorId, at }) => ({
      id: threadId,
      layerId: layers[number % 2] ?? '',
      documentId,
      authorId,
      kind: 'dispute',
      state: 'posted',
      tags: [`tag-${number % 10}`],
      createdAt: at,
      postedAt: at,
    })),
  })
  const place = { start: 0, end: 10 }
  await tx.passage.createMany({
    data: rows.map(({ passageId, threadId }) => ({
      id: passageId,
      threadId,
      documentId,
      editionId,
      position: 0,
      ...place,
      exact: 'On Walking',
      prefix: '',
      suffix: '',
    })),
  })
  await tx.anchor.createMany({
    data: rows.map(({ passageId }) => ({
      id: randomUUID(),
      passageId,
      editionId,
      state: 'exact',
      ...place,
      confidence: 1,
    })),
  })
  await tx.dispute.createMany({
    data: rows.map(({ id, threadId, number, authorId, at }) => ({
      id,
      threadId,
      question: `Question ${number}?`,
      status: number % 3 === 0 ? 'contested' : 'open',
      raisedById: authorId,
      dividedness: (number % 101) / 100,
      createdAt: at,
      activeAt: at,
    })),
  })
  const positions = rows.flatMap(({ id: disputeId, authorId }) =>
    [1, 2].map((number) => ({
      id: randomUUID(),
      disputeId,
      number,
      statement: `Position ${number}`,
      authorId,
    })),
  )
  await tx.position.createMany({ data: positions })
  await tx.note.createMany({
    data: positions.map(({ id, disputeId }) => ({
      id,
      threadId: rows.find((row) => row.id === disputeId)?.threadId ?? '',
      schema: 1,
      json: { type: 'doc', content: [] },
    })),
  })
  await tx.evidence.createMany({
    data: rows.flatMap(({ id: disputeId, authorId }, index) =>
      [1, 2, 3].map((number) => ({
        id: randomUUID(),
        disputeId,
        positionId: positions[index * 2]?.id ?? '',
        side: 'for',
        note: '',
        citation: `Work ${number}`,
        authorId,
      })),
    ),
  })
  await tx.stance.createMany({
    data: rows.flatMap(({ id: disputeId }, index) =>
      people.map(({ userId }, which) => ({
        disputeId,
        userId,
        positions: [{ id: positions[index * 2 + which]?.id ?? '', share: 1 }],
        reason: '',
      })),
    ),
  })
  await tx.disputeEvent.createMany({
    data: rows.flatMap(({ id: disputeId, authorId, at }, index) =>
      Array.from({ length: 10 }, (_, event) => ({
        disputeId,
        number: event + 1,
        actorId: authorId,
        at,
        data: {
          kind: 'stance',
          positions: [{ id: positions[index * 2 + (event % 2)]?.id ?? '', share: 1 }],
          reason: '',
        },
      })),
    ),
  })
}
