/**
 * Every route of the API by name, and what each of admin, owner, instructor, reader, observer, other and anyone is
 * answered there, so that one without a rule fails here.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { operator, type Person } from '#domain/policy/actor.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGround, layersOfEveryKind } from '#tests/factories/layers-of-every-kind.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { layerQuestions } from './layer-questions.ts'

/** Twelve words that two documents share, so that there is a parallel. */
const quoted = 'the hedge along the northern lane was cut before the wrens had left it'

/** A file that is sent as a form, as browsers do. */
const archive = Symbol('archive')

/**
 * `{group}` is the group, `{doc}` a document on its list that is for the group alone, `{thread}` a thread of its
 * discussion by somebody else, `{dispute}`, `{position}` and `{evidence}` theirs as well, `{parallel}` one of `{doc}`,
 * `{none}` nothing that there is. A body that is refused by its schema (422) or a state that does not allow it (409) is
 * only reached by who may. 200 stands for every success. This server sends no mail: 503 to whoever asks for a letter.
 */
const walk: readonly (readonly [route: string, path: string, body: unknown, answers: string])[] = [
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

  // Documents and parallels.
  ['GET /documents', '/documents', null, '200 200 200 200 200 200 200'],
  ['POST /documents/archive', '/documents/archive', archive, '422 403 403 403 403 403 401'],
  ['GET /documents/{id}/parallels', '/documents/{doc}/parallels', null, '200 200 200 200 200 404 401'],
  [
    'GET /documents/{id}/parallels/marks',
    '/documents/{doc}/parallels/marks',
    null,
    '200 200 200 200 200 404 401',
  ],
  ['GET /parallels/{id}', '/parallels/{parallel}', null, '200 200 200 200 200 404 401'],
  ['PATCH /parallels/{id}', '/parallels/{parallel}', { dismissed: false }, '200 200 200 200 403 404 401'],

  // Disputes.
  ['GET /disputes', '/disputes', null, '200 200 200 200 200 200 200'],
  [
    'POST /disputes',
    '/disputes',
    { documentId: '{doc}', layerId: '{layer}', question: 'Is it?' },
    '404 200 200 200 403 404 401',
  ],
  ['GET /disputes/people', '/disputes/people', null, '200 200 200 200 200 200 200'],
  ['GET /disputes/export', '/disputes/export?format=csv', null, '200 200 200 200 200 200 200'],
  ['PATCH /disputes/{id}', '/disputes/{dispute}', { question: 'Was it?' }, '404 200 200 403 403 404 401'],
  [
    'POST /disputes/{id}/passages',
    '/disputes/{dispute}/passages',
    { passage: { documentId: '{doc}', exact: 'A paragraph of its own.' } },
    '404 200 200 403 403 404 401',
  ],
  [
    'DELETE /disputes/{id}/passages/{passageId}',
    '/disputes/{dispute}/passages/{none}',
    null,
    '404 200 200 403 403 404 401',
  ],
  [
    'GET /disputes/{id}/positions/{positionId}/versions',
    '/disputes/{dispute}/positions/{position}/versions',
    null,
    '404 200 200 200 200 404 401',
  ],
  [
    'POST /disputes/{id}/positions/{positionId}/versions/{v}/restore',
    '/disputes/{dispute}/positions/{position}/versions/1/restore',
    {},
    '404 403 403 403 403 404 401',
  ],
  ['GET /disputes/{id}/export', '/disputes/{dispute}/export?format=md', null, '404 200 200 200 200 404 401'],
  [
    'POST /disputes/{id}/positions',
    '/disputes/{dispute}/positions',
    { statement: 'Perhaps.' },
    '404 200 200 200 403 404 401',
  ],
  [
    'POST /disputes/{id}/evidence',
    '/disputes/{dispute}/evidence',
    { positionId: '{position}', side: 'for', citation: 'A book.' },
    '404 200 200 200 403 404 401',
  ],
  [
    'DELETE /disputes/{id}/evidence/{evidenceId}',
    '/disputes/{dispute}/evidence/{none}',
    null,
    '404 404 404 404 404 404 401',
  ],
  ['PUT /disputes/{id}/follow', '/disputes/{dispute}/follow', null, '404 200 200 200 200 404 401'],
  ['DELETE /disputes/{id}/follow', '/disputes/{dispute}/follow', null, '404 200 200 200 200 404 401'],
  ['POST /disputes/{id}/seen', '/disputes/{dispute}/seen', { number: 1 }, '404 200 200 200 200 404 401'],

  // The server: its accounts, its audit, all that is on it.
  ['GET /accounts', '/accounts', null, '200 403 403 403 403 403 401'],
  ['POST /accounts', '/accounts', { name: 'Two', email: '{owner}' }, '409 403 403 403 403 403 401'],
  ['PATCH /accounts/{id}', '/accounts/{none}', { name: 'Two' }, '404 403 403 403 403 403 401'],
  [
    'POST /accounts/{id}/password-resets',
    '/accounts/{none}/password-resets',
    {},
    '404 403 403 403 403 403 401',
  ],
  ['GET /audit', '/audit', null, '200 403 403 403 403 403 401'],
  ['GET /audit', '/audit?group={group}', null, '404 200 403 403 403 404 401'],
  ['GET /audit/file', '/audit/file', null, '200 403 403 403 403 403 401'],
  ['GET /audit/file', '/audit/file?group={group}', null, '404 200 403 403 403 404 401'],
  ['GET /backup', '/backup', null, '200 403 403 403 403 403 401'],

  // One's own account: nobody is named but by whom asks, and what is named of others is not there.
  ['GET /me', '/me', null, '200 200 200 200 200 200 401'],
  ['PATCH /me', '/me', { name: '' }, '422 422 422 422 422 422 401'],
  [
    'POST /me/password',
    '/me/password',
    { current: null, password: 'password' },
    '422 422 422 422 422 422 401',
  ],
  ['POST /me/email', '/me/email', { email: '{owner}', password: null }, '503 503 503 503 503 503 401'],
  ['POST /me/deletion', '/me/deletion', { email: '{author}', password: null }, '422 422 422 422 422 422 401'],
  ['GET /me/sessions', '/me/sessions', null, '200 200 200 200 200 200 401'],
  ['DELETE /me/sessions', '/me/sessions', null, '200 200 200 200 200 200 401'],
  ['GET /me/data', '/me/data', null, '200 200 200 200 200 200 401'],
  ['GET /me/tokens', '/me/tokens', null, '200 200 200 200 200 200 401'],
  ['POST /me/tokens', '/me/tokens', { name: '' }, '422 422 422 422 422 422 401'],
  ['DELETE /me/tokens/{id}', '/me/tokens/{token}', null, '404 404 404 404 404 404 401'],
  ['GET /me/dispute-news', '/me/dispute-news', null, '200 200 200 200 200 200 401'],
  ['GET /me/dispute-news/count', '/me/dispute-news/count', null, '200 200 200 200 200 200 401'],

  // What the API is.
  ['GET /openapi.json', '/openapi.json', null, '200 200 200 200 200 200 200'],

  // Doors that open with a secret, which nobody here has: the same to everyone.
  [
    'POST /setup',
    '/setup',
    { secret: 'x', name: 'A', email: 'a@example.org', password: 'slow walks in rain' },
    '404 404 404 404 404 404 404',
  ],
  // Its secret stands in a header, which nobody here sends at all.
  ['POST /setup/backup', '/setup/backup', null, '422 422 422 422 422 422 422'],
  ['POST /invitations/look', '/invitations/look', { secret: 'x' }, '404 404 404 404 404 404 404'],
  ['POST /invitations/join', '/invitations/join', { secret: 'x' }, '404 404 404 404 404 404 401'],
  [
    'POST /password-resets',
    '/password-resets',
    { email: 'nobody@example.org' },
    '503 503 503 503 503 503 503',
  ],
  [
    'POST /password-resets/use',
    '/password-resets/use',
    { secret: 'x', password: 'slow walks in rain' },
    '404 404 404 404 404 404 404',
  ],
  ['POST /email-changes/confirm', '/email-changes/confirm', { secret: 'x' }, '404 404 404 404 404 404 404'],
]

let api: TestApi
/** Admin, owner, instructor, reader, observer, other and anyone. */
let people: readonly (Person | undefined)[]
/** What the names in braces stand for. */
let named: Readonly<Record<string, string>>

beforeAll(async () => {
  api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
  const { services } = api
  const room = await aReadingRoom(services)
  const { group, admin, owner, instructor, reader, observer, stranger } = room
  people = [admin, owner, instructor, reader, observer, stranger, undefined]
  const { kinds, author } = await layersOfEveryKind(services, room)
  const discussion = kinds.find(({ title }) => title === 'discussion layer')
  if (!discussion) throw new Error('there is no discussion')
  const text = `A paragraph of its own.\n\nThey say that ${quoted}.\n`
  const closed = await aDocument(services, operator, { text, visibility: 'group', groups: [group.id] })
  await aDocument(services, operator, { text: `Another text.\n\nIt is written: ${quoted}.\n` })
  await services.parallels.update()
  const [parallel] = (await api.ask(`/documents/${closed.id}/parallels`, { as: admin })).json.items
  const {
    documentId: doc,
    layerId: layer,
    threadId: thread,
    ...ground
  } = await aGround(services, author, closed.id, discussion)
  const token = (await services.accounts.createToken(author, { userId: author.userId, name: 'theirs' })).id
  named = {
    ...{ doc, layer, thread, dispute: ground.disputeId, position: ground.positionId },
    ...{ group: group.id, parallel: parallel.id, owner: owner.email, author: author.email, token },
    none: 'nothing-there',
  }
})

const fill = (text: string) =>
  Object.entries(named).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text)

function bodyOf(body: unknown): { readonly json?: unknown; readonly body?: FormData } {
  if (body === null) return {}
  if (body !== archive) return { json: JSON.parse(fill(JSON.stringify(body))) }
  const form = new FormData()
  form.set('file', new File(['this is no archive'], 'texts.zip'))
  form.set('visibility', 'public')
  return { body: form }
}

describe('every route', () => {
  test('has a rule, and every rule has a route', async () => {
    const routes = api.routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const ruled = [
      ...walk.map(([route]) => route),
      ...Object.values(layerQuestions).map(({ route }) => route),
    ]
    expect([...new Set(ruled)].sort()).toEqual([...new Set(routes)].sort())
  })

  test.concurrent.each(walk)('%s', async (route, path, body, answers) => {
    const method = route.split(' ')[0]
    const found = await Promise.all(
      people.map(async (as) => (await api.ask(fill(path), { method, ...bodyOf(body), as })).status),
    )
    expect(found.map((status) => (status < 300 ? 200 : status)).join(' ')).toBe(answers)
  })
})
