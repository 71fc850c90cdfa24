import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { startTestServer } from '#tests/factories/test-server.ts'
import { lastText, until } from './sync-client.ts'
import { startSyncWorld, ways } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, owner } = world.people

describe.each(ways)('over %s', (way) => {
  test('what two people write at the same time stands in both copies, in the same order', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    const ben = await world.client(instructor, `note/${id}`, { way })
    await Promise.all([anna.synced(), ben.synced()])
    expect(anna.text()).toBe('First words.')

    for (let round = 0; round < 20; round++) {
      anna.write(`anna ${round}`)
      ben.write(`ben ${round}`)
    }
    await until(() => anna.text() === ben.text() && /anna 19/.test(ben.text()), 'both copies to be the same')
    for (let round = 0; round < 20; round++) {
      expect(anna.text()).toContain(`anna ${round}`)
      expect(anna.text()).toContain(`ben ${round}`)
    }
    expect(Y.encodeStateVector(anna.doc)).toEqual(Y.encodeStateVector(ben.doc))
  })

  test('who comes later finds everything, also what was written letter by letter and deleted again', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    anna.write('')
    const text = lastText(anna)
    for (const letter of 'slowly, slowly') text.insert(text.length, letter)
    text.delete(6, 8)
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'everything to be saved')
    const late = await world.client(owner, `note/${id}`, { way })
    await late.synced()
    expect(late.text()).toBe('First words.\n\nslowly')
  })

  test('a stock client without any parameter but the token is served the same', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { params: {}, way })
    const ben = await world.client(instructor, `note/${id}`, { params: {}, way })
    await Promise.all([anna.synced(), ben.synced()])
    anna.write('plain')
    await until(() => ben.text().endsWith('plain'), 'the words to arrive')
    expect(anna.heard).toMatchObject({ saved: [], unsaved: [], feed: [] })
  })

  test('another server on the same database has everything that was acknowledged', async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`, { way })
    await anna.synced()
    anna.write('kept')
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
    anna.leave()
    const next = await startTestServer({ DATABASE_URL: world.databaseUrl })
    const ben = await world.client(instructor, `note/${id}`, { url: next.url, way })
    await ben.synced()
    expect(ben.text()).toBe('First words.\n\nkept')
    ben.leave()
    await next.close()
  })

  test('frames that arrive while the note is still being loaded are answered when it is', async () => {
    const { id } = await world.thread()
    // The log cannot be read until this transaction ends, so whatever comes meanwhile has to wait.
    await world.sql('BEGIN')
    await world.sql('LOCK TABLE "NoteUpdate" IN ACCESS EXCLUSIVE MODE')
    const anna = await world.client(reader, `note/${id}`, { way })
    await until(() => anna.provider.wsconnected, 'the connection')
    anna.write('early')
    await until(() => anna.sent() > 0, 'something to be sent')
    expect(anna.provider.synced).toBe(false)
    await world.sql('COMMIT')
    await anna.synced()
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
    expect(anna.text()).toContain('First words.')
    expect(anna.text()).toContain('early')
  })
})
