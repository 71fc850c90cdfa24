import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { toCsvLine } from '#server/services/csv.ts'
import { withinRequest } from '#server/telemetry/request-context.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aPerson, privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

let api: TestApi
let room: ReadingRoom
beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
})

interface Entry {
  readonly id: string
  readonly kind: string
  readonly actor: { name: string } | null
  readonly subject: { name: string } | null
  readonly address: string | null
  readonly threadId: string | null
}

async function read(query: string, as: Person): Promise<Entry[]> {
  const { status, json } = await api.ask(`/audit?limit=200${query}`, { as })
  expect(status).toBe(200)
  return json.items
}

describe('the audit', () => {
  test('of the server is for administrators, of a group for its owners; a strangers’ group does not exist', async () => {
    const ask = async (path: string, as: Person) => (await api.ask(path, { as })).status
    const { admin, owner, instructor, reader, observer, stranger, group } = room
    for (const path of ['/audit', '/audit/file']) {
      expect(await ask(path, admin)).toBe(200)
      for (const person of [owner, instructor, reader, observer, stranger]) {
        expect(await ask(path, person)).toBe(403)
      }
      expect(await ask(`${path}?group=${group.id}`, owner)).toBe(200)
      for (const person of [instructor, reader, observer]) {
        expect(await ask(`${path}?group=${group.id}`, person)).toBe(403)
      }
      for (const person of [admin, stranger]) expect(await ask(`${path}?group=${group.id}`, person)).toBe(404)
      expect((await api.ask(path)).status).toBe(401)
    }
  })

  test('says who did what to whom, from where', async () => {
    const lou = await aPerson(api.services, { name: 'Lou' })
    await withinRequest({ requestId: 'one', address: '192.0.2.7', tellToWait: () => {} }, () =>
      api.ask(`/accounts/${lou.userId}`, { method: 'PATCH', as: room.admin, json: { disabled: true } }),
    )
    expect(await read(`&person=${lou.userId}&kind=account.disabled`, room.admin)).toEqual([
      expect.objectContaining({
        kind: 'account.disabled',
        actor: { id: room.admin.userId, name: 'Admin' },
        subject: { id: lou.userId, name: 'Lou' },
        address: '192.0.2.7',
      }),
    ])
  })

  test('of a group has what happened in its margins, and nothing of private notes, drafts or other groups', async () => {
    const document = await aDocument(api.services, room.admin)
    const { reader, owner, group } = room
    const layerId = layerOf(group, 'discussion').id
    const where = { documentId: document.id, layerId }
    const posted = await aThread(api.services, reader, { ...where, note: 'Unmistakable words.' })
    const draft = await aThread(api.services, reader, { ...where, draft: true })
    const own = await privateLayerOf(api.services, reader)
    const secret = await aThread(api.services, reader, { ...where, layerId: own })
    const other = await aReadingRoom(api.services)
    const elsewhere = await aThread(api.services, other.reader, {
      documentId: document.id,
      layerId: layerOf(other.group, 'discussion').id,
    })
    const entries = await read(`&group=${group.id}`, owner)
    const threads = entries.map(({ threadId }) => threadId)
    expect(threads).toContain(posted.id)
    for (const { id } of [draft, secret, elsewhere]) expect(threads).not.toContain(id)
    const ofServer = await read('', room.admin)
    expect(ofServer.filter(({ threadId }) => threadId !== null)).toEqual([])
    expect(JSON.stringify([entries, ofServer])).not.toContain('Unmistakable')
  })

  test('is read page by page, the newest first, and none twice', async () => {
    const whole = await read('', room.admin)
    const pages: Entry[] = []
    for (let cursor = ''; ; ) {
      const { json } = await api.ask(`/audit?limit=7${cursor}`, { as: room.admin })
      pages.push(...json.items)
      if (json.next === null) break
      cursor = `&cursor=${json.next}`
    }
    const ids = pages.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(whole.map(({ id }) => id)))
    expect((await api.ask('/audit?cursor=nonsense', { as: room.admin })).status).toBe(422)
  })

  test('comes as a file that no spreadsheet runs, and that says that it was taken', async () => {
    await aPerson(api.services, { name: '=HYPERLINK("http://evil.example","x")' })
    const { text, headers } = await api.ask('/audit/file', { as: room.admin })
    expect(headers.get('content-disposition')).toContain('postil-audit.csv')
    expect(text.split('\r\n')[0]).toContain('at,kind,actor')
    expect(text).toContain(`"'=HYPERLINK(""http`)
    expect(text).not.toMatch(/(^|,)"?=/m)
    expect((await read('&kind=audit', room.admin)).length).toBeGreaterThan(0)
    expect(toCsvLine(['a,b', 'c\nd', '-1', null])).toBe(`"a,b","c\nd",'-1,\r\n`)
  })
})
