import { describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { aGround, layersOfEveryKind } from '#tests/factories/layers-of-every-kind.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { columns, layerTables, readTable } from '#tests/unit/policy/who-may-do-what.ts'
import { askToUpgrade, type SyncClient, until } from './sync-client.ts'
import { startSyncWorld, ways } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, observer, owner, admin, stranger, group } = world.people
const { services } = world.server
const { author, kinds } = await layersOfEveryKind(services, world.people)

const turnedAway = async (client: SyncClient) => {
  await until(() => client.heard.closed.length > 0, 'the connection to be ended')
  return client.heard.closed[0]
}

describe('the table of rights, walked through the socket', () => {
  test.concurrent.each(Object.keys(layerTables))('%s', async (title) => {
    const at = kinds.find((kind) => kind.title === title)
    if (!at) throw new Error(`there is no ${title}`)
    const table = readTable(layerTables[title] ?? '')
    const { threadId, positionId } = await aGround(services, author, world.documentId, at)
    const room = `margin/${world.documentId}/${at.layerId}/${at.groupId ?? '-'}`
    const people = { admin, owner, instructor, reader, observer, other: stranger }
    const walk = async ([role, person]: [string, Person]) => {
      const column = columns.map(String).indexOf(role)
      const says = (question: string) => table.get(question)?.[column] === 'y'
      const token = `token=${await world.token(person)}`
      const enters = async (name: string, question: string) =>
        expect(
          await askToUpgrade(`${world.server.url}/sync/${name}?${token}`),
          `${role} enters ${name}`,
        ).toBe(says(question) ? 101 : 404)
      const writes = async (name: string, question: string) => {
        const client = await world.client(person, name)
        await client.synced()
        const before = client.heard.saved.at(-1) ?? 0
        client.write(`by ${role}`)
        await until(
          () => client.heard.denied.length > 0 || (client.heard.saved.at(-1) ?? 0) > before,
          `${role} to be answered`,
        )
        expect(client.heard.denied.length === 0, `${role} writes ${name}`).toBe(says(question))
        client.leave()
      }
      await Promise.all([
        enters(`note/${threadId}`, 'thread.read'),
        enters(`note/${positionId}`, 'thread.read'),
        enters(room, 'layer.read'),
      ])
      if (!says('thread.read')) return
      await Promise.all([
        writes(`note/${threadId}`, 'note.write co-written'),
        writes(`note/${positionId}`, 'position.write not held'),
      ])
    }
    await Promise.all(Object.entries(people).map(walk))
  })
})

describe.each(ways)('over %s', (way) => {
  test('who writes when a layer closes is told within a second, must come in again, and may read on', async () => {
    const closesAt = new Date(Date.now() + 1_500)
    const layer = await services.layers.add(instructor, group.id, {
      name: 'Until soon',
      closesAt: closesAt.toISOString(),
    })
    const { id } = await world.thread({ layerId: layer.id })
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    expect(await turnedAway(anna)).toBe(4533)
    expect(Date.now() - closesAt.getTime()).toBeLessThan(1_000)
    expect(anna.heard.denied.length).toBeGreaterThan(0)
    expect(anna.provider.shouldConnect).toBe(true)
  })

  test('who is muted may read on and write no more, at once', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    await services.groups.changeMember(owner, group.id, reader.userId, { muted: true })
    expect(await turnedAway(anna)).toBe(4533)
    await services.groups.changeMember(owner, group.id, reader.userId, { muted: false })
  })

  test('a thread that moves out of sight ends the connections of those who lose it', async () => {
    const { id } = await world.thread()
    const [mine, theirs] = [
      await world.client(reader, `note/${id}`, { way }),
      await world.client(instructor, `note/${id}`, { way }),
    ]
    await Promise.all([mine.synced(), theirs.synced()])
    await services.threads.move(reader, { threadIds: [id], layerId: await privateLayerOf(services, reader) })
    expect(await turnedAway(theirs)).toBe(4404)
    expect(mine.heard.closed).toEqual([])
  })

  test('a layer that becomes blind ends the connections to others’ notes', async () => {
    const layer = await services.layers.add(instructor, group.id, { name: 'Soon blind' })
    const { id } = await world.thread({ layerId: layer.id }, instructor)
    const theirs = await world.thread({ layerId: layer.id }, reader)
    const [open, covered] = [
      await world.client(observer, `note/${id}`, { way }),
      await world.client(observer, `note/${theirs.id}`, { way }),
    ]
    await Promise.all([open.synced(), covered.synced()])
    await services.layers.change(instructor, layer.id, { blind: { untilRevealed: true } }, null)
    expect(await turnedAway(covered)).toBe(4404)
    expect(open.heard.closed).toEqual([])
  })
})
