import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import { problem } from '#domain/wire/shared.ts'
import { reply, threadList, threadWithReplies } from '#domain/wire/thread.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi, type TestRequest } from '#tests/factories/test-api.ts'

let api: TestApi
let room: ReadingRoom
let document: Document
let layerId: string

beforeAll(async () => {
  api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
  room = await aReadingRoom(api.services)
  document = await aDocument(api.services, room.admin)
  layerId = layerOf(room.group, 'discussion').id
})

const post = (path: string, json: unknown, as = room.reader) => api.ask(path, { method: 'POST', json, as })
const patch = (path: string, json: unknown, headers: Record<string, string> = {}, as = room.reader) =>
  api.ask(path, { method: 'PATCH', json, as, headers })
const remove = (path: string, request: TestRequest = {}) =>
  api.ask(path, { method: 'DELETE', as: room.reader, ...request })
const get = (path: string, as = room.reader) => api.ask(path, { as })

const wanted = (more: object = {}) => ({ documentId: document.id, layerId, kind: 'note', ...more })

async function newThread(more: object = {}) {
  const made = await post('/threads', wanted({ note: 'A note.', ...more }))
  expect(made.status, made.text).toBe(201)
  return threadWithReplies.parse(made.json)
}

describe('POST /threads', () => {
  it('makes a thread, says where it is and which version', async () => {
    const id = randomUUID()
    const made = await post(
      '/threads',
      wanted({ id, passages: [{ exact: 'sees the wren in it' }], note: 'A.' }),
    )
    expect(made.status).toBe(201)
    expect(made.headers.get('etag')).toBe('"1"')
    expect(made.headers.get('location')).toBe(`/api/v1/threads/${id}`)
    const read = await get(`/threads/${id}`)
    expect(read.headers.get('etag')).toBe('"1"')
    expect(threadWithReplies.parse(read.json)).toEqual(threadWithReplies.parse(made.json))
  })

  const refusals: [string, object, number, string][] = [
    ['a field that it does not know', { colour: 'red' }, 422, 'unprocessable'],
    ['a dispute', { kind: 'dispute' }, 422, 'unprocessable'],
    ['an id that is no UUID', { id: 'mine' }, 422, 'unprocessable'],
    ['a passage outside the text', { passages: [{ start: 0, end: 100_000 }] }, 422, 'unprocessable'],
    ['a passage that ends nowhere', { passages: [{ start: 0 }] }, 422, 'unprocessable'],
    ['a passage at a fraction', { passages: [{ start: 0.5, end: 3 }] }, 422, 'unprocessable'],
    ['words that are not there', { passages: [{ exact: 'an ostrich' }] }, 422, 'unprocessable'],
    [
      'other words than stand there',
      { passages: [{ start: 0, end: 2, exact: 'No' }] },
      409,
      'quote-mismatch',
    ],
    ['a quote of several places', { passages: [{ exact: 'does not mind.' }] }, 409, 'ambiguous-quote'],
    ['a note of more than it takes', { note: 'x'.repeat(1_000_001) }, 422, 'unprocessable'],
    [
      'a note that notes cannot hold',
      { note: { type: 'doc', content: [{ type: 'image' }] } },
      422,
      'unprocessable',
    ],
    ['a NUL', { note: 'a\0b' }, 422, 'unprocessable'],
    ['a layer that is not there', { layerId: 'nothing' }, 404, 'not-found'],
    ['a document that is not there', { documentId: 'nothing' }, 404, 'not-found'],
  ]
  it.each(refusals)(
    'refuses %s, in a problem document, and changes nothing',
    async (_, more, status, code) => {
      const count = await api.database.db.thread.count()
      const answer = await post('/threads', wanted(more))
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(problem.parse(answer.json).code).toBe(code)
      expect(await api.database.db.thread.count()).toBe(count)
      expect(api.logged).toEqual([])
    },
  )

  it('gives the candidates of an ambiguous quote, each of which can be marked', async () => {
    const { json } = await post('/threads', wanted({ passages: [{ exact: 'does not mind.' }] }))
    expect(json.candidates).toHaveLength(2)
    const [{ start, end }] = json.candidates
    const made = await newThread({ passages: [{ start, end, exact: 'does not mind.' }] })
    expect(made.passages).toMatchObject([{ start, end }])
  })

  it('is for nobody without a sign-in', async () => {
    const answer = await api.ask('/threads', { method: 'POST', json: wanted() })
    expect(answer.status).toBe(401)
  })
})

describe('PATCH and DELETE', () => {
  it('with the version last seen change, with an older one answer 412', async () => {
    const { id } = await newThread()
    const changed = await patch(`/threads/${id}`, { tags: ['x'] }, { 'If-Match': '"1"' })
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"'])
    expect((await patch(`/threads/${id}`, { tags: [] }, { 'If-Match': '"1"' })).status).toBe(412)
    expect((await remove(`/threads/${id}`, { headers: { 'If-Match': '"1"' } })).status).toBe(412)
    expect((await remove(`/threads/${id}`)).status).toBe(204)
    expect((await get(`/threads/${id}`)).status).toBe(404)
    expect((await post(`/threads/${id}/restore`, {})).json).toMatchObject({ id, tags: ['x'] })
  })

  it('take no field that a thread’s author does not set', async () => {
    const { id } = await newThread()
    for (const change of [{ state: 'posted' }, { hidden: false }, { note: 'x' }, { layerId }]) {
      expect((await patch(`/threads/${id}`, change)).status).toBe(422)
    }
  })
})

describe('the rest of a thread’s life', () => {
  it('drafts are posted, threads resolved, and lists say so', async () => {
    const { id } = await newThread({ draft: true })
    expect((await get(`/threads/${id}`, room.owner)).status).toBe(404)
    const posted = await post('/threads/post', { threadIds: [id] })
    expect(posted.json.items).toMatchObject([{ id, state: 'posted' }])
    const resolved = await post(`/threads/${id}/status`, { status: 'resolved', reason: 'Done.' })
    expect(resolved.json).toMatchObject({ status: 'resolved', lastStatusChange: { reason: 'Done.' } })
    const listed = await get(`/documents/${document.id}/threads?layer=${layerId}&status=resolved&limit=1`)
    const { items, seq, epoch } = threadList.parse(listed.json)
    expect([items[0]?.id, typeof seq, typeof epoch]).toEqual([id, 'number', 'string'])
    expect((await get(`/documents/${document.id}/threads?since=0`)).status).toBe(422)
    expect((await get(`/documents/${document.id}/threads?limit=201`)).status).toBe(422)
    expect((await get(`/threads/${id}/versions`)).json).toEqual({ items: [], next: null })
  })

  it('replies are made, changed, deleted and brought back', async () => {
    const thread = await newThread()
    const made = await post(`/threads/${thread.id}/replies`, { body: 'One.' }, room.owner)
    expect(made.status).toBe(201)
    const { id } = reply.parse(made.json)
    const path = `/replies/${id}`
    expect((await patch(path, { body: 'Two.' }, { 'If-Match': '"1"' }, room.owner)).headers.get('etag')).toBe(
      '"2"',
    )
    expect((await patch(path, { body: 'Late.' }, { 'If-Match': '"1"' }, room.owner)).status).toBe(412)
    expect((await patch(path, { body: 'Not mine.' })).status).toBe(403)
    expect((await get(`${path}/history`)).json.items).toMatchObject([{ text: 'One.' }])
    expect((await remove(path, { as: room.owner })).status).toBe(204)
    expect((await get(`/threads/${thread.id}`)).json.replies).toMatchObject([{ id, body: null, text: '' }])
    expect((await post(`${path}/restore`, {}, room.owner)).json).toMatchObject({ text: 'Two.' })
    expect((await get(`${path}/history`, room.stranger)).status).toBe(404)
  })
})
