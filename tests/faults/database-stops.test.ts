/**
 * PostgreSQL is stopped while two people write, and started again. Writers are told that their words are not saved, go
 * on writing, and have everything saved once it is back, without a restart of the server; nobody is shown in between
 * what is not committed.
 */
import { afterAll, expect, test } from 'vitest'
import { startPostgres, templateDatabase } from '#tests/factories/postgres.ts'
import { until } from '#tests/sync/sync-client.ts'
import { startSyncWorld } from '#tests/sync/sync-world.ts'

const rounds = 2

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const host = encodeURIComponent(postgres.socketFolder)
const world = await startSyncWorld({
  DATABASE_URL: `postgresql://postgres@localhost/${templateDatabase}?host=${host}`,
})

test('what is written while the database is away is kept, said to be unsaved, and saved when it is back', async () => {
  const { reader, owner, instructor } = world.people
  const room = `note/${(await world.thread()).id}`
  const writers = [await world.client(reader, room), await world.client(owner, room)]
  await Promise.all(writers.map((writer) => writer.synced()))
  const words: string[] = []
  const write = (round: number, when: string) => {
    for (const [who, writer] of writers.entries()) {
      const word = `r${round}w${who}${when}.`
      writer.write(word)
      words.push(word)
    }
  }
  for (let round = 0; round < rounds; round++) {
    write(round, 'before')
    const halting = postgres.halt()
    write(round, 'during')
    await halting
    const acknowledged = writers.map((writer) => writer.heard.saved.at(-1))
    const warnings = writers.map((writer) => writer.heard.unsaved.length)
    write(round, 'away')
    await until(
      () => writers.every((writer, who) => writer.heard.unsaved.length > (warnings[who] ?? 0)),
      'both to be told that their words are not saved',
    )
    expect(writers.map((writer) => writer.heard.saved.at(-1))).toEqual(acknowledged)
    expect(writers[1]?.text()).not.toContain(`r${round}w0away.`)
    expect((await fetch(`${world.server.url}/readyz`)).status).toBe(503)

    await postgres.resume()
    await until(
      () => writers.every((writer) => writer.heard.saved.at(-1) === writer.sent()),
      'everything to be saved without a restart',
    )
    expect((await fetch(`${world.server.url}/readyz`)).status).toBe(200)
    expect(writers.flatMap((writer) => writer.heard.closed)).toEqual([])
  }
  const late = await world.client(instructor, room)
  await late.synced()
  expect(words.filter((word) => !late.text().includes(word))).toEqual([])
  await until(() => writers.every((writer) => writer.text() === late.text()), 'all to read the same')
})
