import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { updateFrame } from '#server/sync/frames.ts'
import { connectBare, lastText, until } from './sync-client.ts'
import { startSyncWorld, ways } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor } = world.people

/** The note as it can be put together from the log alone. */
async function readLog(noteId: string): Promise<Y.Doc> {
  const rows = await world.sql(
    `SELECT state AS update FROM "NoteSnapshot" WHERE "noteId" = '${noteId}'
     UNION ALL SELECT update FROM "NoteUpdate" WHERE "noteId" = '${noteId}'`,
  )
  const doc = new Y.Doc()
  for (const { update } of rows) if (update instanceof Uint8Array) Y.applyUpdate(doc, update)
  return doc
}

test('an update that brings nothing new counts, but not before what it repeats is committed', async () => {
  const { id } = await world.thread()
  const doc = new Y.Doc()
  doc.getXmlFragment('note').insert(0, [new Y.XmlElement('paragraph')])
  const frame = updateFrame(Y.encodeStateAsUpdate(doc))
  const bare = await connectBare(world.server.url, `note/${id}`, await world.token(reader))
  await world.sql('BEGIN')
  await world.sql('LOCK TABLE "NoteUpdate" IN SHARE MODE')
  bare.send(frame)
  bare.send(frame)
  bare.send(updateFrame(new Uint8Array([0, 0])))
  // The server has taken all three once it answers what came after them.
  bare.send(new Uint8Array([0, 0, 1, 0]))
  await until(() => bare.received.some((message) => message[0] === 0), 'an answer')
  expect(savedCounts(bare.received)).toEqual([])
  await world.sql('COMMIT')
  await until(() => savedCounts(bare.received).length > 0, 'the acknowledgment')
  expect(savedCounts(bare.received).at(-1)).toBe(3)
})

describe.each(ways)('over %s', (way) => {
  test('an insertion is acknowledged, and is in the log by then', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    anna.write('inserted')
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the acknowledgment')
    expect(JSON.stringify((await readLog(id)).getXmlFragment('note'))).toContain('inserted')
  })

  test('a deletion is acknowledged like an insertion, and is in the log by then', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the answer to step 1 to be counted')
    const before = anna.sent()
    lastText(anna).delete(0, 6)
    expect(anna.sent()).toBe(before + 1)
    await until(() => anna.heard.saved.at(-1) === before + 1, 'the acknowledgment')
    expect((await readLog(id)).getXmlFragment('note').toString()).toBe('<paragraph>words.</paragraph>')
  })

  test('each connection counts for itself, also two of one person', async () => {
    const { id } = await world.thread()
    const one = await world.client(reader, `note/${id}`, { way })
    const two = await world.client(reader, `note/${id}`, { way })
    const ben = await world.client(instructor, `note/${id}`, { way })
    await Promise.all([one.synced(), two.synced(), ben.synced()])
    for (let round = 0; round < 10; round++) {
      one.write(`one ${round}`)
      if (round % 2 === 0) two.write(`two ${round}`)
    }
    await until(
      () => one.heard.saved.at(-1) === one.sent() && two.heard.saved.at(-1) === two.sent(),
      'both to be acknowledged',
    )
    expect(one.sent()).toBe(11)
    expect(two.sent()).toBe(6)
    expect(one.heard.saved).toEqual([...one.heard.saved].sort((a, b) => a - b))
  })

  test('every update bears its person, its Yjs client id and its time', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    anna.write('mine')
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the acknowledgment')
    const rows = await world.sql(
      `SELECT "userId", "clientId"::text, "createdAt" FROM "NoteUpdate" WHERE "noteId" = '${id}' ORDER BY position DESC LIMIT 1`,
    )
    expect(rows).toEqual([
      { userId: reader.userId, clientId: String(anna.doc.clientID), createdAt: expect.any(Date) },
    ])
    const clients = await world.sql(
      `SELECT "userId" FROM "NoteClient" WHERE "clientId" = ${anna.doc.clientID}`,
    )
    expect(clients).toEqual([{ userId: reader.userId }])
  })
})

/** Counts in the messages 5 among `received`; small enough to be one byte. */
const savedCounts = (received: readonly Uint8Array[]) =>
  received.filter((message) => message[0] === 5).map((message) => message[1])
