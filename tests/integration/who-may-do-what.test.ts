/**
 * The table of rights, walked through the REST API: role × action × layer kind, by the same hand-written table that the
 * policy is held against; and every route by name, so that one without a rule fails here.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { operator, type Person } from '#domain/policy/actor.ts'
import { aDocument } from '#tests/factories/document.ts'
import {
  aThreadWithReply,
  type KindOfLayer,
  layersOfEveryKind,
} from '#tests/factories/layers-of-every-kind.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi, type TestRequest } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'
import { columns, layerTables, readTable } from '#tests/unit/policy/who-may-do-what.ts'

/** Who comes over the network: the operator does not. */
const roles = columns.filter((column) => column !== 'operator')
type Role = (typeof roles)[number]

let api: TestApi
let room: ReadingRoom
let author: Person
let kinds: readonly KindOfLayer[]
let documentId: string
let closedId: string

beforeAll(async () => {
  api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
  room = await aReadingRoom(api.services)
  ;({ kinds, author } = await layersOfEveryKind(api.services, room))
  documentId = (await aDocument(api.services, room.admin)).id
  const closed = await aDocument(api.services, operator, { visibility: 'group', groups: [room.group.id] })
  closedId = closed.id
})

const personOf = (role: Role): Person | undefined =>
  role === 'anyone' ? undefined : role === 'other' ? room.stranger : room[role]

interface Asked extends TestRequest {
  readonly path: string
}

/** The request that asks an action of the table, by somebody of this role, about a thread of somebody else. */
type Ask = (at: KindOfLayer, role: Role) => Promise<Asked>

/** A thread in the layer that nobody has changed yet: the same one until somebody has. */
const untouched = new Map<string, ReturnType<typeof aThreadWithReply>>()
const on = (at: KindOfLayer) => {
  const made = untouched.get(at.layerId) ?? aThreadWithReply(api.services, author, documentId, at)
  untouched.set(at.layerId, made)
  return made
}
const draftIn: Record<string, string> = {}
const post = (path: string, json: unknown): Asked => ({ path, method: 'POST', json })
const patch = (path: string, json: unknown): Asked => ({ path, method: 'PATCH', json })
const ownLayer = async (role: Role) => {
  const person = personOf(role)
  return person ? privateLayerOf(api.services, person) : 'none'
}

const asks: Readonly<Record<string, { readonly reads: string; readonly ask: Ask }>> = {
  'layer.read': { reads: 'layer.read', ask: async (at) => ({ path: `/layers/${at.layerId}` }) },
  'layer.write': {
    reads: 'layer.read',
    ask: async ({ layerId }) => post('/threads', { documentId, layerId, kind: 'note' }),
  },
  'layer.change': {
    reads: 'layer.read',
    ask: async ({ layerId }) => patch(`/layers/${layerId}`, { coWriting: false }),
  },
  'layer.reveal': { reads: 'layer.read', ask: async ({ layerId }) => post(`/layers/${layerId}/reveal`, {}) },
  'thread.read': {
    reads: 'thread.read',
    ask: async (at) => ({ path: `/threads/${(await on(at)).threadId}` }),
  },
  'thread.read draft': {
    reads: 'thread.read draft',
    ask: async ({ layerId }) => {
      draftIn[layerId] ??= (await aThread(api.services, author, { documentId, layerId, draft: true })).id
      return { path: `/threads/${draftIn[layerId]}` }
    },
  },
  "thread.change another's": {
    reads: 'thread.read',
    ask: async (at) => patch(`/threads/${(await on(at)).threadId}`, { coWritten: false }),
  },
  "thread.organize another's": {
    reads: 'thread.read',
    ask: async (at) => post(`/threads/${(await on(at)).threadId}/status`, { status: 'resolved' }),
  },
  'thread.moderate': {
    reads: 'thread.read',
    ask: async (at) => post(`/threads/${(await on(at)).threadId}/moderation`, { locked: true }),
  },
  "thread.move another's to one's own": {
    reads: 'thread.read',
    ask: async (at, role) =>
      post('/threads/move', { threadIds: [(await on(at)).threadId], layerId: await ownLayer(role) }),
  },
  "thread.copy to one's own": {
    reads: 'thread.read',
    ask: async (at, role) =>
      post('/threads/move', {
        threadIds: [(await on(at)).threadId],
        layerId: await ownLayer(role),
        copy: true,
      }),
  },
  'thread.flag': {
    reads: 'thread.read',
    ask: async (at) => post(`/threads/${(await on(at)).threadId}/flags`, { reason: 'look' }),
  },
  'thread.reply': {
    reads: 'thread.read',
    ask: async (at) =>
      post(`/threads/${(await on(at)).threadId}/replies`, {
        body: 'Indeed.',
        ...(at.groupId && { groupId: at.groupId }),
      }),
  },
  'note.write co-written': {
    reads: 'thread.read',
    // There is no such version: 404 is told to who may write, 403 to who may only read.
    ask: async (at) => post(`/threads/${(await on(at)).threadId}/versions/7/restore`, {}),
  },
  'reply.read': {
    reads: 'reply.read',
    ask: async (at) => ({ path: `/replies/${(await on(at)).replyId}/history` }),
  },
  "reply.change another's": {
    reads: 'reply.read',
    ask: async (at) => patch(`/replies/${(await on(at)).replyId}`, { body: 'Mine.' }),
  },
  "reply.delete another's": {
    reads: 'reply.read',
    ask: async (at) => ({ path: `/replies/${(await on(at)).replyId}`, method: 'DELETE' }),
  },
  'reply.moderate': {
    reads: 'reply.read',
    ask: async (at) =>
      post(`/replies/${(await on(at)).replyId}/moderation`, { hidden: true, reason: 'rude' }),
  },
}

describe('through REST, as the table says', () => {
  test.each(Object.keys(layerTables))('%s', { timeout: 240_000 }, async (title) => {
    const at = kinds.find((kind) => kind.title === title)
    if (!at) throw new Error(`there is no ${title}`)
    const table = readTable(layerTables[title] ?? '')
    const says = (question: string, role: Role) => table.get(question)?.[columns.indexOf(role)] === 'y'
    const answers: string[] = []
    for (const [question, { reads, ask }] of Object.entries(asks)) {
      const found: string[] = []
      const expected: string[] = []
      for (const role of roles) {
        const { path, ...request } = await ask(at, role)
        const { status } = await api.ask(path, { ...request, as: personOf(role) })
        const isWrite = request.method !== undefined
        if (isWrite && status < 300) untouched.delete(at.layerId)
        const missing = question === 'note.write co-written' ? 404 : 200
        found.push(String(status < 300 ? 200 : status))
        if (says(question, role)) expected.push(String(missing))
        else if (role === 'anyone' && (isWrite || !says(reads, role))) expected.push('401')
        else expected.push(says(reads, role) ? '403' : '404')
      }
      answers.push(question.padEnd(40) + found.join('  '))
      expect(found, question).toEqual(expected)
    }
    console.log(`${title.padEnd(40)}${roles.join(' ')}\n${answers.join('\n')}\n`)
  })
})

/** Routes that the table above asks about, and those with tests of their own that say who is refused. */
const walkedAbove = [
  'GET /layers/{id}',
  'POST /threads',
  'PATCH /layers/{id}',
  'POST /layers/{id}/reveal',
  'GET /threads/{id}',
  'PATCH /threads/{id}',
  'POST /threads/{id}/status',
  'POST /threads/{id}/moderation',
  'POST /threads/move',
  'POST /threads/{id}/flags',
  'POST /threads/{id}/replies',
  'POST /threads/{id}/versions/{v}/restore',
  'GET /replies/{id}/history',
  'PATCH /replies/{id}',
  'DELETE /replies/{id}',
  'POST /replies/{id}/moderation',
]

/** Routes that strangers may use with a secret, or without: each has tests of its own. */
const openToAll = [
  'POST /setup',
  'POST /invitations/look',
  'POST /invitations/join',
  'POST /password-resets',
  'POST /password-resets/use',
  'POST /email-changes/confirm',
  'GET /documents',
  'GET /disputes',
]

/**
 * What each of admin, owner, instructor, reader, observer, other and anyone is answered. `{group}` is the group, `{doc}`
 * a document on its list that is for the group alone, `{thread}` a thread of its discussion by somebody else, `{none}`
 * nothing that there is. A body that is refused by its schema (422) or a state that does not allow it (409) is only
 * reached by who may.
 */
const walk: readonly (readonly [route: string, path: string, json: unknown, answers: string])[] = [
  ['GET /groups/{id}', '/groups/{group}', null, '404 200 200 200 200 404 401'],
  ['PATCH /groups/{id}', '/groups/{group}', { name: 'Slow readers' }, '404 200 403 403 403 404 401'],
  [
    'POST /groups/{id}/members',
    '/groups/{group}/members',
    { email: 'no@example.org', role: 'reader' },
    '404 422 422 403 403 404 401',
  ],
  [
    'PATCH /groups/{id}/members/{userId}',
    '/groups/{group}/members/{none}',
    { role: 'reader' },
    '404 404 403 403 403 404 401',
  ],
  [
    'DELETE /groups/{id}/members/{userId}',
    '/groups/{group}/members/{none}',
    null,
    '404 404 404 403 403 404 401',
  ],
  ['POST /groups/{id}/roster', '/groups/{group}/roster', { csv: '' }, '404 422 422 403 403 404 401'],
  ['GET /groups/{id}/invitations', '/groups/{group}/invitations', null, '404 200 200 200 200 404 401'],
  [
    'POST /groups/{id}/invitations',
    '/groups/{group}/invitations',
    { role: 'reader' },
    '404 200 200 403 403 404 401',
  ],
  [
    'DELETE /groups/{id}/invitations/{invitationId}',
    '/groups/{group}/invitations/{none}',
    null,
    '404 404 404 404 404 404 401',
  ],
  ['POST /groups/{id}/layers', '/groups/{group}/layers', { name: 'Another' }, '404 200 200 403 403 404 401'],
  ['GET /groups/{id}/activity', '/groups/{group}/activity', null, '404 200 200 200 200 404 401'],
  ['GET /groups/{id}/flags', '/groups/{group}/flags', null, '404 200 200 403 403 404 401'],
  ['POST /flags/{id}/settle', '/flags/{none}/settle', null, '404 404 404 404 404 404 401'],
  ['POST /groups', '/groups', { name: 'New' }, '200 200 200 200 200 200 401'],
  ['GET /documents/{id}', '/documents/{doc}', null, '200 200 200 200 200 404 401'],
  [
    'PATCH /documents/{id}',
    '/documents/{doc}',
    { title: 'On Walking Slowly' },
    '200 403 403 403 403 404 401',
  ],
  ['DELETE /documents/{id}', '/documents/{none}', null, '404 404 404 404 404 404 401'],
  ['GET /documents/{id}/text', '/documents/{doc}/text', null, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/original', '/documents/{doc}/original', null, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/find', '/documents/{doc}/find?q=hedge', null, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/threads', '/documents/{doc}/threads', null, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/disputes', '/documents/{doc}/disputes', null, '200 200 200 200 200 404 401'],
  ['POST /documents/{id}/visit', '/documents/{doc}/visit', {}, '200 200 200 200 200 404 401'],
  ['PUT /documents/{id}/visit', '/documents/{doc}/visit', { position: 0 }, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/editions', '/documents/{doc}/editions', null, '200 200 200 200 200 404 401'],
  ['GET /documents/{id}/editions/{n}', '/documents/{doc}/editions/1', null, '200 200 200 200 200 404 401'],
  [
    'GET /documents/{id}/editions/{n}/original',
    '/documents/{doc}/editions/1/original',
    null,
    '200 200 200 200 200 404 401',
  ],
  [
    'GET /documents/{id}/editions/{n}/anchors',
    '/documents/{doc}/editions/1/anchors',
    null,
    '200 200 200 200 200 404 401',
  ],
  [
    'GET /documents/{id}/editions/{n}/repairs',
    '/documents/{doc}/editions/1/repairs',
    null,
    '200 200 200 200 200 404 401',
  ],
  [
    'GET /documents/{id}/editions/{n}/comparison',
    '/documents/{doc}/editions/1/comparison?with=1&section=1',
    null,
    '200 200 200 200 200 404 401',
  ],
  [
    'POST /documents/{id}/editions/{n}/repeat',
    '/documents/{doc}/editions/9/repeat',
    { repairs: [] },
    '404 404 404 404 404 404 401',
  ],
  [
    'POST /documents/{id}/editions/{n}/publish',
    '/documents/{doc}/editions/9/publish',
    {},
    '404 404 404 404 404 404 401',
  ],
  [
    'POST /documents/{id}/editions/{n}/rollback',
    '/documents/{doc}/editions/9/rollback',
    {},
    '404 404 404 404 404 404 401',
  ],
  ['DELETE /documents/{id}/editions/{n}', '/documents/{doc}/editions/9', null, '404 404 404 404 404 404 401'],
  [
    'POST /documents/{id}/editions',
    '/documents/{none}/editions',
    { format: 'txt', content: 'x' },
    '404 404 404 404 404 404 401',
  ],
  [
    'POST /documents',
    '/documents',
    { title: 'T', format: 'txt', content: 'Words.', visibility: 'public' },
    '200 403 403 403 403 403 401',
  ],
  ['GET /anchors/{id}', '/anchors/{none}', null, '404 404 404 404 404 404 401'],
  ['PATCH /anchors/{id}', '/anchors/{none}', { accept: true }, '404 404 404 404 404 404 401'],
  ['GET /threads/{id}/versions', '/threads/{thread}/versions', null, '404 200 200 200 200 404 401'],
  ['GET /threads/{id}/quotations', '/threads/{thread}/quotations', null, '404 200 200 200 200 404 401'],
  ['DELETE /threads/{id}', '/threads/{thread}', null, '404 403 403 403 403 404 401'],
  ['POST /threads/{id}/restore', '/threads/{thread}/restore', {}, '404 403 403 403 403 404 401'],
  ['POST /threads/post', '/threads/post', { threadIds: ['{thread}'] }, '404 403 403 403 403 404 401'],
  ['POST /replies/{id}/restore', '/replies/{none}/restore', {}, '404 404 404 404 404 404 401'],
  ['GET /me', '/me', null, '200 200 200 200 200 200 401'],
  ['GET /me/tokens', '/me/tokens', null, '200 200 200 200 200 200 401'],
  ['GET /accounts', '/accounts', null, '200 403 403 403 403 403 401'],
]

/** About oneself, or the server: their own tests say who is refused. */
const ofAccounts =
  /^\w+ \/(accounts|me|backup|parallels|documents\/\{id\}\/parallels|disputes|audit|documents\/archive|threads\/\{id\}\/dispute|groups\/\{id\}\/audit)/

describe('every route', () => {
  test('has a rule in this file', async () => {
    const { json } = await api.ask('/openapi.json')
    const routes = Object.entries<object>(json.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`),
    )
    const named = new Set([...walkedAbove, ...openToAll, ...walk.map(([route]) => route)])
    expect(routes.filter((route) => !named.has(route) && !ofAccounts.test(route))).toEqual([])
    expect([...named].filter((route) => !routes.includes(route))).toEqual([])
  })

  test.each(walk)('%s', async (route, path, json, answers) => {
    const discussion = kinds.find(({ title }) => title === 'discussion layer')
    if (!discussion) throw new Error('there is no discussion')
    const found: number[] = []
    for (const role of roles) {
      const { threadId } = await on(discussion)
      const fill = (text: string) =>
        text
          .replace('{group}', room.group.id)
          .replace('{doc}', closedId)
          .replace('{thread}', threadId)
          .replace('{none}', 'nothing-there')
      const method = route.split(' ')[0]
      const body = json === null ? {} : { json: JSON.parse(fill(JSON.stringify(json))) }
      const { status } = await api.ask(fill(path), { method, ...body, as: personOf(role) })
      found.push(status < 300 ? 200 : status)
    }
    expect(found.join(' ')).toBe(answers)
  })
})
