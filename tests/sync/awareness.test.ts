import { expect, test } from 'vitest'
import { personColor } from '#domain/person-color.ts'
import { type SyncClient, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, observer } = world.people

const shownOf = (watcher: SyncClient, other: SyncClient) =>
  watcher.provider.awareness.getStates().get(other.doc.clientID)

test('the server says who somebody is, whatever they say themselves', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  anna.provider.awareness.setLocalState({ user: { id: 'x', name: 'Somebody else' }, cursor: { at: 3 } })
  await until(() => shownOf(ben, anna)?.cursor !== undefined, 'her caret')
  expect(shownOf(ben, anna)).toEqual({
    user: { id: reader.userId, name: reader.name, color: personColor(reader.userId) },
    cursor: { at: 3 },
  })
})

test('who comes later is shown who is here, and who leaves is gone at once', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  anna.provider.awareness.setLocalState({ cursor: null })
  const first = await world.client(instructor, `note/${id}`)
  await until(() => shownOf(first, anna) !== undefined, 'her state')
  const late = await world.client(instructor, `note/${id}`)
  await until(() => shownOf(late, anna) !== undefined, 'her state')
  // Cut off without a goodbye: the provider's own "I am leaving" is not sent.
  const socket: unknown = anna.provider.ws
  if (typeof socket !== 'object' || socket === null || !('terminate' in socket)) throw new Error('no socket')
  if (typeof socket.terminate === 'function') {
    anna.provider.shouldConnect = false
    socket.terminate()
  }
  await until(() => !shownOf(first, anna) && !shownOf(late, anna), 'her to be gone')
})

test('nobody speaks for another, and the echo of someone who left does not bring them back', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  const watcher = await world.client(instructor, `note/${id}`)
  anna.provider.awareness.setLocalState({ cursor: 'hers' })
  ben.provider.awareness.setLocalState({ cursor: 'his' })
  await until(() => Boolean(shownOf(watcher, anna) && shownOf(watcher, ben)), 'both')
  anna.provider.disconnect()
  await until(() => !shownOf(watcher, anna), 'her to be gone')
  const meta = ben.provider.awareness.meta.get(anna.doc.clientID)
  ben.provider.awareness.states.set(anna.doc.clientID, { cursor: 'forged' })
  ben.provider.awareness.meta.set(anna.doc.clientID, {
    clock: (meta?.clock ?? 0) + 10,
    lastUpdated: Date.now(),
  })
  ben.provider.awareness.emit('update', [{ added: [anna.doc.clientID], updated: [], removed: [] }, 'local'])
  ben.provider.awareness.setLocalState({ cursor: 'his next' })
  await until(() => shownOf(watcher, ben)?.cursor === 'his next', 'what he sent after it')
  expect(shownOf(watcher, anna)).toBeUndefined()
})

test('many changes reach a reader in few frames, and the last of them does', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  let frames = 0
  const startedAt = Date.now()
  ben.provider.awareness.on('update', (_changes: unknown, origin: unknown) => {
    if (origin === ben.provider) frames += 1
  })
  for (let at = 0; at <= 100; at++) anna.provider.awareness.setLocalState({ cursor: at })
  await until(() => shownOf(ben, anna)?.cursor === 100, 'the last state')
  expect(frames).toBeLessThanOrEqual(2 + (Date.now() - startedAt) / 100)
})

test('in a margin others see where one reads and writes, but a draft is not named to them', async () => {
  const posted = await world.thread()
  const draft = await world.thread({ draft: true })
  const anna = await world.client(reader, world.marginName)
  const ben = await world.client(instructor, world.marginName)
  anna.provider.awareness.setLocalState({ at: 12, writingIn: posted.id })
  await until(() => shownOf(ben, anna)?.writingIn === posted.id, 'the note she writes in')
  expect(shownOf(ben, anna)?.at).toBe(12)
  anna.provider.awareness.setLocalState({ at: 13, writingIn: draft.id })
  await until(() => shownOf(ben, anna)?.at === 13, 'where she reads')
  expect(shownOf(ben, anna)?.writingIn).toBeNull()
})

test('in a blind layer nobody is shown which note another writes in, until it is revealed', async () => {
  const { services } = world.server
  const { group } = world.people
  const layer = await services.layers.add(instructor, group.id, {
    name: 'Blind',
    blind: { untilRevealed: true },
  })
  const { id } = await world.thread({ layerId: layer.id })
  const room = `margin/${world.documentId}/${layer.id}/${group.id}`
  const anna = await world.client(reader, room)
  const watcher = await world.client(observer, room)
  anna.provider.awareness.setLocalState({ at: 7, writingIn: id })
  await until(() => shownOf(watcher, anna)?.at === 7, 'where she reads')
  expect(shownOf(watcher, anna)?.writingIn).toBeNull()
  await services.layers.reveal(instructor, layer.id)
  const show = () => anna.provider.awareness.setLocalState({ at: 8, writingIn: id })
  await until(() => {
    show()
    return shownOf(watcher, anna)?.writingIn === id
  }, 'what she writes in')
})
