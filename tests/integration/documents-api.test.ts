import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { document as documentShape } from '#domain/wire/document.ts'
import { type ProgressEvent, progressEvent } from '#domain/wire/progress.ts'
import { findResult } from '#domain/wire/reading.ts'
import { listOf } from '#domain/wire/shared.ts'
import { sampleText } from '#tests/factories/document.ts'
import { aToken } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi } from '#tests/factories/test-api.ts'

let url: string
let room: ReadingRoom
let tokens: Record<'admin' | 'instructor' | 'reader' | 'stranger', string>

beforeAll(async () => {
  const api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
  url = await listen(createServer(getRequestListener(api.fetch)))
  room = await aReadingRoom(api.services)
  const [admin, instructor, reader, stranger] = await Promise.all(
    [room.admin, room.instructor, room.reader, room.stranger].map((person) => aToken(api.services, person)),
  )
  tokens = {
    admin: admin ?? '',
    instructor: instructor ?? '',
    reader: reader ?? '',
    stranger: stranger ?? '',
  }
})

/** On a port of its own; it stops after the file. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}

type Who = keyof typeof tokens | 'anyone'

function call(who: Who, method: string, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers)
  if (who !== 'anyone') headers.set('authorization', `Bearer ${tokens[who]}`)
  return fetch(`${url}/api/v1${path}`, { ...init, method, headers })
}

function sendJson(
  who: Who,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const content = { 'content-type': 'application/json', ...headers }
  return call(who, method, path, { headers: content, body: JSON.stringify(body) })
}

type Field = [name: string, value: string | File]

function sendForm(who: Who, fields: readonly Field[]) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return call(who, 'POST', '/documents', { body: form })
}

const aFile = (content: BlobPart = sampleText, name = 'walking.txt') => new File([content], name)

async function made(response: Response) {
  expect(response.status).toBe(201)
  return documentShape.parse(await response.json())
}

async function eventsOf(response: Response): Promise<ProgressEvent[]> {
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = (await response.text()).split('\n\n').filter((event) => event !== '')
  return events.map((event) => progressEvent.parse(JSON.parse(event.replace(/^data: /, ''))))
}

const problemShape = z.object({ status: z.number(), code: z.string(), detail: z.string().regex(/^[^\n]+$/) })

async function refused(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = problemShape.parse(await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

describe('POST /documents', () => {
  it('takes a file with fields, each of several values in one field or in many', async () => {
    const form: Field[] = [
      ['file', aFile('Nothing but words.', 'Dölle & Söhne (2).txt')],
      ['title', 'Of Hedges'],
      ['authors', 'Ada Lovelace; Mary Douglas'],
      ['authors', 'Émile Durkheim'],
      ['language', 'en'],
      ['visibility', ''],
      ['groups', room.group.id],
    ]
    const response = await sendForm('instructor', form)
    const document = await made(response)
    expect(document).toMatchObject({
      title: 'Of Hedges',
      authors: ['Ada Lovelace', 'Mary Douglas', 'Émile Durkheim'],
      language: 'en',
      visibility: 'group',
    })
    expect(response.headers.get('location')).toBe(`/api/v1/documents/${document.id}`)
    expect(response.headers.get('etag')).toBe('"1"')
    const original = await call('reader', 'GET', `/documents/${document.id}/original`)
    expect(original.headers.get('content-disposition')).toBe(
      'attachment; filename="D_lle & S_hne (2).txt"; filename*=UTF-8\'\'D%C3%B6lle%20%26%20S%C3%B6hne%20%282%29.txt',
    )
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
    expect(await original.text()).toBe('Nothing but words.')
  })

  it('takes the content as JSON', async () => {
    const body = { title: 'As JSON', format: 'md', content: '# One\n\nTwo *three*.\n', visibility: 'public' }
    const document = await made(await sendJson('admin', 'POST', '/documents', body))
    const text = await call('anyone', 'GET', `/documents/${document.slug}/text`)
    expect(await text.text()).toBe('One\nTwo three.')
  })

  it('tells by events how far it is, to who asks for them, and last what it made or why not', async () => {
    const long = Array.from({ length: 3_000 }, (_, at) => `Paragraph ${at} of many.`).join('\n\n')
    const send = (content: string) =>
      sendJson('admin', 'POST', '/documents', { format: 'txt', content }, { accept: 'text/event-stream' })
    const shares = (events: readonly ProgressEvent[]) =>
      events.flatMap((event) => ('progress' in event ? [event.progress] : []))
    const events = await eventsOf(await send(long))
    expect(shares(events).length).toBeGreaterThan(3)
    expect(shares(events)).toEqual([...shares(events)].sort((a, b) => a - b))
    const last = events.at(-1)
    expect(last).toMatchObject({ status: 201 })
    const document = documentShape.parse(last && 'body' in last ? last.body : null)
    expect((await call('admin', 'GET', `/documents/${document.id}`)).status).toBe(200)
    expect((await eventsOf(await send(' \n '))).at(-1)).toMatchObject({
      status: 422,
      body: { code: 'unprocessable' },
    })
  })

  it('sent again with its id answers the same', async () => {
    const body = { id: randomUUID(), format: 'txt', content: 'Once only.', visibility: 'public' }
    const first = await made(await sendJson('admin', 'POST', '/documents', body))
    expect(await made(await sendJson('admin', 'POST', '/documents', body))).toEqual(first)
    const other = await sendJson('admin', 'POST', '/documents', { ...body, content: 'Twice.' })
    expect(await refused(other)).toMatchObject({ status: 409, code: 'conflict' })
  })

  it.each([
    ['no file', [['title', 'T']], 422],
    ['a file that is only a word', [['file', 'words']], 422],
    ['an empty file', [['file', aFile('')]], 422],
    ['bytes that are no text', [['file', aFile(Uint8Array.of(1, 2, 3, 0, 255, 254))]], 422],
    [
      'a format that is none',
      [
        ['file', aFile()],
        ['format', 'rtf'],
      ],
      415,
    ],
    ['a file of a kind that is not read', [['file', aFile('words', 'book.odt')]], 415],
    [
      'a field that is not known',
      [
        ['file', aFile()],
        ['steward', 'me'],
      ],
      422,
    ],
    [
      'a visibility that is none',
      [
        ['file', aFile()],
        ['visibility', 'all'],
      ],
      422,
    ],
    [
      'an id that is none',
      [
        ['file', aFile()],
        ['id', '7'],
      ],
      422,
    ],
    [
      'a language that is none',
      [
        ['file', aFile()],
        ['language', '<b>'],
      ],
      422,
    ],
  ] satisfies [string, Field[], number][])('refuses %s', async (_, fields, status) => {
    expect((await refused(await sendForm('admin', fields))).status).toBe(status)
  })

  it.each([
    ['an unknown field', { format: 'txt', content: 'a', wordcount: 1 }, 422, 'wordcount'],
    ['no content', { format: 'txt' }, 422, 'content'],
    ['another format', { format: 'pdf', content: 'a' }, 422, 'format'],
    ['a title of 301 letters', { format: 'txt', content: 'a', title: 'x'.repeat(301) }, 422, 'title'],
  ])('refuses JSON with %s, and names it', async (_, body, status, name) => {
    const problem = await refused(await sendJson('admin', 'POST', '/documents', body))
    expect(problem.status).toBe(status)
    expect(problem.detail).toContain(name)
  })

  it('refuses what is neither of the two', async () => {
    const body = { headers: { 'content-type': 'text/plain' }, body: 'words' }
    expect((await refused(await call('admin', 'POST', '/documents', body))).status).toBe(415)
    const malformed = { headers: { 'content-type': 'application/json' }, body: '{' }
    expect((await refused(await call('admin', 'POST', '/documents', malformed))).status).toBe(400)
  })

  it.each([
    ['anyone', 401],
    ['reader', 403],
    ['stranger', 403],
  ] as const)('is refused to %s', async (who, status) => {
    expect((await refused(await sendForm(who, [['file', aFile()]]))).status).toBe(status)
  })

  it('refuses a file above 50 MB, and more than that on the way', async () => {
    const above = aFile(new Uint8Array(50 * 1024 * 1024 + 1).fill(97))
    expect((await refused(await sendForm('admin', [['file', above]]))).status).toBe(413)
    const far = aFile(new Uint8Array(75 * 1024 * 1024))
    const sent = sendForm('admin', [['file', far]])
    // The server may hang up on what it will not read, before the client has sent it all.
    const status = await sent.then(
      ({ status }) => status,
      () => 413,
    )
    expect(status).toBe(413)
  })

  it('goes on serving others while it refuses 50 MB of one line', async () => {
    const line = aFile(new Uint8Array(50 * 1024 * 1024).fill(97), 'line.txt')
    const sending = sendForm('admin', [['file', line]])
    let isDone = false
    const finished = sending.finally(() => {
      isDone = true
    })
    let answered = 0
    while (!isDone) {
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      answered += 1
    }
    expect((await refused(await finished)).status).toBe(422)
    expect(answered).toBeGreaterThan(10)
  })
})

describe('documents over REST', () => {
  const bring = async () =>
    made(
      await sendForm('admin', [
        ['file', aFile()],
        ['visibility', 'public'],
        ['title', 'Walking'],
      ]),
    )

  it('are listed page by page and searched', async () => {
    const document = await bring()
    const pageShape = listOf(documentShape)
    const first = pageShape.parse(await (await call('anyone', 'GET', '/documents?limit=1')).json())
    expect(first.items).toHaveLength(1)
    expect(first.next).not.toBeNull()
    const next = `/documents?limit=1&cursor=${first.next}`
    const second = pageShape.parse(await (await call('anyone', 'GET', next)).json())
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id)
    const found = pageShape.parse(await (await call('anyone', 'GET', '/documents?q=walking')).json())
    expect(found.items.map(({ id }) => id)).toContain(document.id)
    for (const query of ['limit=0', 'limit=201', 'cursor=x', 'page=2']) {
      expect((await refused(await call('anyone', 'GET', `/documents?${query}`))).status).toBe(422)
    }
  })

  it('change from the version that was seen, and no other', async () => {
    const { id } = await bring()
    const path = `/documents/${id}`
    const changed = await sendJson('admin', 'PATCH', path, { title: 'Two' }, { 'if-match': '"1"' })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).toBe('"2"')
    const stale = await sendJson('admin', 'PATCH', path, { title: 'Three' }, { 'if-match': '"1"' })
    expect(await refused(stale)).toMatchObject({ status: 412, code: 'stale' })
    const unknown = await sendJson('admin', 'PATCH', path, { slug: 'mine' })
    expect((await refused(unknown)).status).toBe(422)
    expect((await refused(await sendJson('stranger', 'PATCH', path, { title: 'Mine' }))).status).toBe(403)
    expect((await refused(await sendJson('anyone', 'PATCH', path, { title: 'Mine' }))).status).toBe(401)
  })

  it('are gone for all but administrators when they are withdrawn', async () => {
    const { id } = await bring()
    expect((await call('admin', 'DELETE', `/documents/${id}`)).status).toBe(204)
    expect((await refused(await call('stranger', 'GET', `/documents/${id}`))).status).toBe(404)
    expect((await refused(await call('anyone', 'GET', `/documents/${id}`))).status).toBe(401)
    expect((await call('admin', 'GET', `/documents/${id}`)).status).toBe(200)
  })

  it('give their text with an ETag that spares sending it again', async () => {
    const { id, edition } = await bring()
    const response = await call('anyone', 'GET', `/documents/${id}/text`)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await response.text()
    expect(text).toHaveLength(edition.length)
    expect(text).toContain('laughed 🐦 and went on to the café.')
    const headers = { 'if-none-match': response.headers.get('etag') ?? '' }
    expect((await call('anyone', 'GET', `/documents/${id}/text`, { headers })).status).toBe(304)
    expect(await (await call('anyone', 'GET', `/documents/${id}/text?edition=1`)).text()).toBe(text)
    expect((await refused(await call('reader', 'GET', `/documents/${id}/text?edition=2`))).status).toBe(404)
    expect((await refused(await call('reader', 'GET', `/documents/${id}/text?edition=x`))).status).toBe(422)
  })

  it('are searched whole', async () => {
    const { id } = await bring()
    const response = await call(
      'anyone',
      'GET',
      `/documents/${id}/find?q=${encodeURIComponent('"to LOOK,"')}`,
    )
    const { total, finds } = findResult.parse(await response.json())
    expect(total).toBe(1)
    expect(finds[0]).toMatchObject({ match: '“To look,”', section: 1, paragraph: 2 })
    expect((await refused(await call('anyone', 'GET', `/documents/${id}/find?q=`))).status).toBe(422)
  })

  it('remember where somebody stopped', async () => {
    const { id } = await bring()
    const path = `/documents/${id}/visit`
    expect(await (await call('reader', 'POST', path)).json()).toEqual({ position: 0, unreadSince: null })
    expect((await sendJson('reader', 'PUT', path, { position: 12 })).status).toBe(204)
    expect(await (await call('reader', 'POST', path)).json()).toEqual({ position: 12, unreadSince: null })
    expect((await refused(await sendJson('reader', 'PUT', path, { position: 1e6 }))).status).toBe(422)
    expect((await refused(await call('anyone', 'POST', path))).status).toBe(401)
  })

  it.each(['no-such-thing', '%00', '%F0%9F%90%A6', 'a'.repeat(190)])('has nothing at %s', async (id) => {
    for (const rest of ['', '/text', '/original', '/find?q=a']) {
      const { status } = await call('reader', 'GET', `/documents/${id}${rest}`)
      expect([404, 422]).toContain(status)
    }
  })

  it('are described, each with its answers', async () => {
    const response = await fetch(`${url}/api/v1/openapi.json`)
    const shape = z.object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
    const { paths } = shape.parse(await response.json())
    const described = Object.entries(paths)
      .filter(([path]) => /^\/api\/v1\/documents(\/\{id\}(\/(text|original|find|visit))?)?$/.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path.slice(7)}`))
    expect(described.sort()).toEqual([
      'delete /documents/{id}',
      'get /documents',
      'get /documents/{id}',
      'get /documents/{id}/find',
      'get /documents/{id}/original',
      'get /documents/{id}/text',
      'patch /documents/{id}',
      'post /documents',
      'post /documents/{id}/visit',
      'put /documents/{id}/visit',
    ])
  })
})
