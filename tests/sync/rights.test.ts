import { describe, expect, test } from 'vitest'
import { aPerson } from '#tests/factories/person.ts'
import { connectClient, until } from './sync-client.ts'
import { startSyncWorld, ways } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, observer, owner } = world.people
const { services } = world.server

test('who is removed from the group is sent away from its notes and margins at once, for good', async () => {
  const { id } = await world.thread()
  const note = await world.client(observer, `note/${id}`)
  const margin = await world.client(observer, world.marginName)
  const other = await world.client(instructor, `note/${id}`)
  await Promise.all([note.synced(), margin.synced(), other.synced()])
  const startedAt = Date.now()
  await services.groups.removeMember(owner, world.people.group.id, observer.userId)
  await until(() => note.heard.closed.length > 0 && margin.heard.closed.length > 0, 'both to be ended')
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  expect(note.heard.closed).toEqual([4404])
  expect(margin.heard.closed).toEqual([4404])
  expect(note.provider.shouldConnect).toBe(false)
  expect(other.heard.closed).toEqual([])
})

test('whose account is disabled is sent away from everywhere at once, for good', async () => {
  const person = await aPerson(services)
  await services.groups.addMember(owner, world.people.group.id, { email: person.email, role: 'reader' })
  const margin = await world.client(person, world.marginName)
  await margin.synced()
  const startedAt = Date.now()
  await services.accounts.change(world.people.admin, person.userId, { disabled: true })
  await until(() => margin.heard.closed.length > 0, 'the socket to be ended')
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  expect(margin.heard.closed).toEqual([4401])
})

test('a token that may only read reads along, and what is written with it is not taken', async () => {
  const { id } = await world.thread()
  const wanted = { userId: reader.userId, name: 'reads', scope: 'read' } as const
  const { token } = await services.accounts.createToken(reader, wanted)
  const reads = await connectClient(world.server.url, `note/${id}`, { token })
  const writes = await world.client(reader, `note/${id}`)
  await Promise.all([reads.synced(), writes.synced()])
  reads.write('not taken')
  await until(() => reads.heard.denied.length > 0, 'it to be told')
  writes.write('taken')
  await until(() => reads.text().includes('taken'), 'the words to arrive')
  expect(writes.text()).not.toContain('not taken')
})

describe.each(ways)('over %s', (way) => {
  test('who loses the right to write comes in again to read, and what they write is not taken any more', async () => {
    const { id, version } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    const ben = await world.client(instructor, `note/${id}`, { way })
    await Promise.all([anna.synced(), ben.synced()])
    await services.threads.change(reader, id, { coWritten: false }, version)
    await until(() => ben.heard.denied.length > 0, 'him to be told')
    ben.write('too late')
    anna.write('hers')
    await until(() => ben.text().includes('hers'), 'the words to arrive')
    expect(anna.text()).not.toContain('too late')
  })

  test('a deleted thread ends the connections to its note', async () => {
    const { id } = await world.thread()
    const ben = await world.client(instructor, `note/${id}`, { way })
    await ben.synced()
    await services.threads.delete(reader, id, null)
    await until(() => ben.heard.closed.length > 0, 'the connection to be ended')
    expect(ben.heard.closed).toEqual([4404])
  })
})
