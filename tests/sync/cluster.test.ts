/** Two servers serve the same rooms: whoever is on the one is, for those on the other, as if they were on the same. */
import { expect, test } from 'vitest'
import { asNow, aToken } from '#tests/factories/person.ts'
import { startRedis } from '#tests/factories/redis.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { aThread } from '#tests/factories/thread.ts'
import { startClusterWorld, untilSame } from './cluster-world.ts'
import { connectClient, eventually, type SyncClient, until } from './sync-client.ts'

const world = await startClusterWorld({ POSTIL_MAX_CONNECTIONS_PER_PERSON: '12' })
const { reader, owner, instructor } = world.people
const there = { url: world.other.url }

const shownOf = (watcher: SyncClient, other: SyncClient) =>
  watcher.provider.awareness.getStates().get(other.doc.clientID)
const isSaved = (client: SyncClient) => client.heard.saved.at(-1) === client.sent()

test('what is written on one server is read on the other, and saved once', async () => {
  const { id } = await world.thread()
  const here = await world.client(reader, `note/${id}`)
  const far = await world.client(owner, `note/${id}`, there)
  await Promise.all([here.synced(), far.synced()])
  here.write('From here.')
  await until(() => far.text().includes('From here.'), 'her words on the other server')
  far.write('From there.')
  await until(() => here.text().includes('From there.'), 'his words on this server')
  await until(() => isSaved(here) && isSaved(far), 'both to be saved')
  await untilSame([here, far])
  const rows = await world.sql(`SELECT 1 FROM "NoteUpdate" WHERE "noteId" = '${id}'`)
  expect(rows).toHaveLength(3)
  for (const client of [here, far]) client.leave()
})

test('two who write at once on two servers are both saved, in one order that both have', async () => {
  const { id } = await world.thread()
  const writers = [await world.client(reader, `note/${id}`), await world.client(owner, `note/${id}`, there)]
  await Promise.all(writers.map((writer) => writer.synced()))
  const words: string[] = []
  for (let count = 0; count < 100; count++) {
    for (const [who, writer] of writers.entries()) {
      words.push(`w${who}n${count}.`)
      writer.write(`w${who}n${count}.`)
    }
    if (count % 10 === 0)
      await until(() => writers.every((writer) => (writer.heard.saved.at(-1) ?? 0) > 0), 'an answer')
  }
  await until(() => writers.every(isSaved), 'both to be saved')
  await untilSame(writers)
  const late = await world.client(instructor, `note/${id}`, there)
  await late.synced()
  expect(words.filter((word) => !late.text().includes(word))).toEqual([])
  await eventually(async () => {
    const { note } = await world.server.services.threads.get(reader, id)
    return note?.text === late.text() ? note.text : undefined
  }, 'the text that is derived to be the whole')
  for (const client of [...writers, late]) client.leave()
})

test('who is here is seen on the other server, and who leaves is gone there', async () => {
  const { id } = await world.thread()
  const here = await world.client(reader, `note/${id}`)
  here.provider.awareness.setLocalState({ cursor: { at: 3 } })
  const far = await world.client(owner, `note/${id}`, there)
  far.provider.awareness.setLocalState({ cursor: { at: 5 } })
  await until(
    () => shownOf(far, here)?.cursor?.at === 3 && shownOf(here, far)?.cursor?.at === 5,
    'both faces',
  )
  expect(shownOf(far, here)?.user).toMatchObject({ id: reader.userId, name: reader.name })
  // Somebody who moves to the other server is seen there as before, and not taken out by their leaving this one.
  const moved = await world.client(reader, `note/${id}`, there)
  await moved.synced()
  here.leave()
  await until(() => shownOf(far, here) === undefined, 'her to be gone')
  for (const client of [far, moved]) client.leave()
})

test('threads and replies reach margins on both servers, in order, each once', async () => {
  const here = await world.client(reader, world.marginName)
  const far = await world.client(owner, world.marginName, there)
  await Promise.all([here.synced(), far.synced()])
  const { services } = world.server
  const before = Math.max(0, ...here.heard.feed.map(({ seq }) => seq))
  const posted: string[] = []
  for (let count = 0; count < 10; count++) {
    const poster = count % 2 === 0 ? services : world.other.services
    const { documentId, layerId } = world
    const thread = await aThread(poster, reader, { documentId, layerId, note: `Thread ${count}.` })
    posted.push(thread.id)
  }
  const postedIn = (client: SyncClient) =>
    client.heard.feed.flatMap((event) =>
      event.kind === 'thread.posted' && event.seq > before ? event.thread.id : [],
    )
  await until(() => [here, far].every((client) => postedIn(client).length >= posted.length), 'all events')
  for (const client of [here, far]) {
    expect(postedIn(client)).toEqual(posted)
    const seqs = client.heard.feed.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    client.leave()
  }
})

test('who is removed from the group is sent away by the other server within a second', async () => {
  const { id } = await world.thread()
  const { services } = world.server
  const far = await world.client(instructor, `note/${id}`, there)
  const margin = await world.client(instructor, world.marginName, there)
  await Promise.all([far.synced(), margin.synced()])
  const removedAt = performance.now()
  await services.groups.removeMember(owner, world.people.group.id, instructor.userId)
  await until(
    () => far.heard.closed.includes(4404) && margin.heard.closed.includes(4404),
    'them to be sent away',
  )
  expect(performance.now() - removedAt).toBeLessThan(1_000)
})

test('a Yjs client id that somebody uses on one server is theirs on the other', async () => {
  const { id } = await world.thread()
  const here = await world.client(reader, `note/${id}`)
  const thief = await world.client(owner, `note/${id}`, there)
  await Promise.all([here.synced(), thief.synced()])
  here.write('Hers.')
  await until(() => thief.text().includes('Hers.'), 'her words')
  thief.doc.clientID = here.doc.clientID
  thief.write('Not hers.')
  await until(() => thief.heard.closed.includes(4409), 'him to be refused')
  expect(here.text()).not.toContain('Not hers.')
  for (const client of [here, thief]) client.leave()
})

test('a version that is restored on one server is what the note says on both', async () => {
  const { id } = await world.thread()
  const here = await world.client(reader, `note/${id}`)
  await here.synced()
  here.write('To be brought back.')
  await until(() => isSaved(here), 'it to be saved')
  const before = here.text()
  here.leave()
  const version = await eventually(
    async () => (await world.server.services.notes.versions(reader, id)).at(-1),
    'a version when she has left',
  )
  const again = await world.client(reader, `note/${id}`)
  await again.synced()
  again.write('To be undone.')
  await until(() => isSaved(again), 'it to be saved')
  const restored = await world.other.services.notes.restoreVersion(reader, id, version.number)
  expect(restored.note?.text).toBe(before)
  await until(() => again.text() === before, 'the other server to show it')
  again.leave()
})

test('what another server appended and could not say is found in the database', async () => {
  const { id } = await world.thread()
  const here = await world.client(reader, `note/${id}`)
  const margin = await world.client(reader, world.marginName)
  await Promise.all([here.synced(), margin.synced()])
  // On another Redis: nothing that it says is heard here.
  const elsewhere = await startRedis()
  const deaf = await startTestServer({ ...world.settings, REDIS_URL: elsewhere.url })
  const far = await world.client(owner, `note/${id}`, { url: deaf.url })
  await far.synced()
  far.write('Said to nobody.')
  await until(() => here.text().includes('Said to nobody.'), 'his words to be found')
  await deaf.services.replies.create(await asNow(deaf.services, owner), id, { body: 'Heard by nobody.' })
  await until(() => margin.heard.feed.some((event) => event.kind === 'reply.posted'), 'the event to be found')
  await untilSame([here, far])
  for (const client of [here, far, margin]) client.leave()
  await deaf.close()
  await elsewhere.stop()
})

test('connections of one person count on all servers', async () => {
  const token = await aToken(world.server.services, owner)
  const clients: SyncClient[] = []
  const isRefused = () => clients.some((client) => client.heard.closed.includes(4530))
  // Servers tell each other a few times a second, so that one more than allowed may slip in.
  for (let index = 0; index < 16 && !isRefused(); index++) {
    const { url } = index % 2 === 0 ? world.server : world.other
    const client = connectClient(url, world.marginName, { token })
    clients.push(client)
    await until(() => client.provider.synced || isRefused(), 'an answer')
  }
  expect(isRefused()).toBe(true)
  expect(clients.length).toBeGreaterThan(12)
  for (const client of clients) client.leave()
})
