import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { createSendMail } from '#server/mail/send-mail.ts'
import { createLog } from '#server/telemetry/log.ts'
import { aDispute, positionOf } from '#tests/factories/dispute.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { startMailServer, type TestMailServer } from '#tests/factories/mail-server.ts'
import { aPerson, asNow, aToken, privateLayerOf } from '#tests/factories/person.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

/** The mail server is in this process; a slow machine takes its time. */
const arrivesWithin = { timeout: 20_000 }
const password = 'slow walks in the rain'
const another = 'three quiet geese at noon'
let mail: TestMailServer
/** A server that sends mail, and one that sends none. */
let api: TestApi
let silent: TestApi
let admin: Person
beforeAll(async () => {
  mail = await startMailServer()
  const log = createLog('silent')
  const sendMail = createSendMail({ smtpUrl: mail.url, from: 'Postil <postil@example.org>' }, log)
  api = await startTestApi({}, { sendMail })
  silent = await startTestApi()
  admin = await aPerson(api.services, { admin: true })
})

const signsIn = async (email: string, word: string) =>
  (await api.services.accounts.verifyPassword(email, word)) !== null

/** The link in the newest letter to an address, once it is there. */
async function linkTo(email: string, path: string): Promise<string> {
  const found = await vi.waitFor(() => {
    const letter = mail.letters.findLast(({ to, text }) => to.includes(email) && text.includes(path))
    if (!letter) throw new Error(`no letter to ${email} yet`)
    return letter
  }, arrivesWithin)
  return new RegExp(`${path}/([\\w-]+)`).exec(found.text)?.[1] ?? ''
}

const use = (secret: string, chosen: string) =>
  api.ask('/password-resets/use', { method: 'POST', json: { secret, password: chosen } })

describe('a forgotten password', () => {
  test('is chosen anew with a link that is mailed, once, and everything that was signed in ends', async () => {
    const anna = await aPerson(api.services, { email: 'anna@example.org', password })
    const token = await aToken(api.services, anna)
    const asked = { method: 'POST', json: { email: ' Anna@Example.org' } }
    expect((await api.ask('/password-resets', asked)).status).toBe(202)
    const secret = await linkTo('anna@example.org', '/reset')
    expect((await use(secret, 'Password123')).json.errors).toEqual([
      { path: 'password', message: expect.stringContaining('first that anyone') },
    ])
    const tries = await Promise.all([use(secret, another), use(secret, another)])
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 404])
    expect(await signsIn('anna@example.org', password)).toBe(false)
    expect(await signsIn('anna@example.org', another)).toBe(true)
    const headers = { authorization: `Bearer ${token}` }
    expect((await api.ask('/me', { headers })).status).toBe(401)
    expect(JSON.stringify(await api.database.db.accountLink.findMany())).not.toContain(secret)
  })

  test('is told of to nobody: the answer is the same for an address that nobody has', async () => {
    const known = await api.ask('/password-resets', { method: 'POST', json: { email: admin.email } })
    const unknown = await api.ask('/password-resets', {
      method: 'POST',
      json: { email: 'nobody@example.org' },
    })
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
  })

  test('ends an hour later, with a later link, and with the account', async () => {
    const bo = await aPerson(api.services, { email: 'bo@example.org', password })
    const ask = () => api.ask('/password-resets', { method: 'POST', json: { email: bo.email } })
    await ask()
    const first = await linkTo(bo.email, '/reset')
    await ask()
    await vi.waitFor(async () => expect(await linkTo(bo.email, '/reset')).not.toBe(first), arrivesWithin)
    expect((await use(first, another)).status).toBe(404)
    const second = await linkTo(bo.email, '/reset')
    await api.services.accounts.change(admin, bo.userId, { disabled: true })
    expect((await use(second, another)).status).toBe(404)
    await api.services.accounts.change(admin, bo.userId, { disabled: false })
    expect((await use(second, another)).status).toBe(404)
    const late = await aPerson(silent.services, { email: 'late@example.org', password })
    const keeper = await aPerson(silent.services, { admin: true })
    const { url } = await silent.services.accountLinks.makePasswordReset(keeper, late.userId)
    silent.advance(3 * 86_400_000)
    const path = url?.split('/').at(-1) ?? ''
    await expect(silent.services.accountLinks.resetPassword(path, another)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('without mail is a link that an administrator hands on, and nobody else can make', async () => {
    const [keeper, cyd] = [
      await aPerson(silent.services, { admin: true }),
      await aPerson(silent.services, { email: 'cyd@example.org' }),
    ]
    const refused = await silent.ask('/password-resets', { method: 'POST', json: { email: cyd.email } })
    expect([refused.status, refused.json.code]).toEqual([503, 'unavailable'])
    const path = `/accounts/${cyd.userId}/password-resets`
    expect((await silent.ask(path, { method: 'POST', as: cyd })).status).toBe(403)
    const made = await silent.ask(path, { method: 'POST', as: keeper })
    expect(made.json).toMatchObject({ sentTo: null, url: expect.stringContaining('/reset/') })
    const secret = made.json.url.split('/').at(-1)
    const used = await silent.ask('/password-resets/use', {
      method: 'POST',
      json: { secret, password: another },
    })
    expect(used.json).toEqual({ email: cyd.email })
  })
})

describe('an own account', () => {
  test('is renamed, and everyone sees the new name', async () => {
    const dora = await aPerson(api.services, { name: 'Dora' })
    const renamed = await api.ask('/me', { method: 'PATCH', as: dora, json: { name: ' Theodora ' } })
    expect(renamed.json).toMatchObject({ id: dora.userId, name: 'Theodora' })
    expect((await asNow(api.services, dora)).name).toBe('Theodora')
  })

  test('gets another password for whoever knows the one it has, and signs its browsers out', async () => {
    const eva = await aPerson(api.services, { email: 'eva@example.org', password })
    const { sessionId } = await api.services.accounts.startSession(eva.userId, 'a browser')
    const change = (current: string | null, chosen: string) =>
      api.ask('/me/password', { method: 'POST', as: eva, json: { current, password: chosen } })
    for (const wrong of ['guessed', null]) {
      expect((await change(wrong, another)).json.errors).toEqual([
        { path: 'current', message: 'is not your password' },
      ])
    }
    expect((await change(password, another)).status).toBe(204)
    expect(await signsIn(eva.email, another)).toBe(true)
    const row = await api.database.db.session.findUniqueOrThrow({ where: { id: sessionId } })
    expect(row.revokedAt).not.toBeNull()
  })

  test('gets another address once its new letter box has shown that it is theirs', async () => {
    const fay = await aPerson(api.services, { email: 'fay@example.org', password })
    const ask = (email: string, word: string) =>
      api.ask('/me/email', { method: 'POST', as: fay, json: { email, password: word } })
    expect((await ask('new@example.org', 'guessed')).status).toBe(422)
    expect((await ask(admin.email, password)).status).toBe(409)
    expect((await ask('New@example.org', password)).json).toEqual({ sentTo: 'new@example.org' })
    expect((await asNow(api.services, fay)).email).toBe('fay@example.org')
    const secret = await linkTo('new@example.org', '/confirm')
    const confirm = () => api.ask('/email-changes/confirm', { method: 'POST', json: { secret } })
    expect((await confirm()).json).toEqual({ email: 'new@example.org' })
    expect((await confirm()).status).toBe(404)
    expect(await signsIn('new@example.org', password)).toBe(true)
    await vi.waitFor(
      () =>
        expect(mail.letters.at(-1)).toMatchObject({
          to: ['fay@example.org'],
          subject: expect.stringContaining('changed'),
        }),
      arrivesWithin,
    )
  })

  test('signs out everywhere', async () => {
    const gil = await aPerson(api.services)
    for (const agent of ['one', 'two']) await api.services.accounts.startSession(gil.userId, agent)
    const listed = await api.ask('/me/sessions', { as: gil })
    expect(listed.json.items.map((each: { userAgent: string }) => each.userAgent).sort()).toEqual([
      'one',
      'two',
    ])
    expect((await api.ask('/me/sessions', { method: 'DELETE', as: gil })).status).toBe(204)
    expect((await api.ask('/me/sessions', { as: gil })).json.items).toEqual([])
  })
})

describe('an administrator', () => {
  test('disables an account, whose sessions and tokens end at once and for good', async () => {
    const hal = await aPerson(api.services, { email: 'hal@example.org', password })
    const token = await aToken(api.services, hal)
    const me = () => api.ask('/me', { headers: { authorization: `Bearer ${token}` } })
    expect((await me()).status).toBe(200)
    const change = (json: object) => api.ask(`/accounts/${hal.userId}`, { method: 'PATCH', as: admin, json })
    expect((await change({ disabled: true })).json).toMatchObject({ disabled: true })
    expect((await me()).status).toBe(401)
    expect(await signsIn(hal.email, password)).toBe(false)
    expect((await change({ disabled: false })).json).toMatchObject({ disabled: false })
    expect((await me()).status).toBe(401)
    expect(await signsIn(hal.email, password)).toBe(true)
  })

  test('changes names, addresses and who else administers; one always stays', async () => {
    const ida = await aPerson(api.services)
    const change = (userId: string, json: object, as = admin) =>
      api.ask(`/accounts/${userId}`, { method: 'PATCH', as, json })
    expect((await change(ida.userId, { name: 'Ida', email: 'IDA@example.org' })).json).toMatchObject({
      name: 'Ida',
      email: 'ida@example.org',
    })
    expect((await change(ida.userId, { email: admin.email })).status).toBe(409)
    expect((await change(admin.userId, { admin: false })).status).toBe(409)
    expect((await change(admin.userId, { disabled: true })).status).toBe(409)
    expect((await change(ida.userId, { admin: true }, ida)).status).toBe(403)
    expect((await change('nobody', { admin: true })).status).toBe(404)
    await change(ida.userId, { admin: true })
    const [one, other] = await Promise.all([
      change(ida.userId, { admin: false }, admin),
      change(admin.userId, { admin: false }, await asNow(api.services, ida)),
    ])
    expect([one.status, other.status].sort()).not.toEqual([200, 200])
    await api.database.db.user.update({ where: { id: admin.userId }, data: { admin: true } })
  })
})

describe('a deleted account', () => {
  test('leaves what was written to others, by a former reader, and nothing else', async () => {
    const owner = await aPerson(api.services, { name: 'Owner' })
    const jan = await aPerson(api.services, { name: 'Jan Unusual', email: 'jan@example.org', password })
    const document = await aDocument(api.services, admin)
    const group = await aGroup(api.services, owner, {
      members: [[jan, 'reader']],
      readings: [document.id],
    })
    const layerId = layerOf(group, 'discussion').id
    const now = await asNow(api.services, jan)
    const posted = await aThread(api.services, now, { documentId: document.id, layerId, note: 'For all.' })
    const draft = await aThread(api.services, now, { documentId: document.id, layerId, draft: true })
    const own = await privateLayerOf(api.services, now)
    const kept = await aThread(api.services, now, { documentId: document.id, layerId: own, note: 'Mine.' })
    const remove = (json: object) => api.ask('/me/deletion', { method: 'POST', as: jan, json })
    expect((await remove({ email: jan.email, password: 'guessed' })).status).toBe(422)
    expect((await remove({ email: 'other@example.org', password })).status).toBe(422)
    expect((await remove({ email: jan.email, password })).status).toBe(204)
    const seen = await api.ask(`/threads/${posted.id}`, { as: owner })
    expect(seen.json).toMatchObject({ author: { name: 'Former reader' }, note: { text: 'For all.' } })
    for (const { id } of [draft, kept]) {
      expect(await api.database.db.thread.findUnique({ where: { id } })).toBeNull()
    }
    const { db } = api.database
    const rows = [await db.user.findMany(), await db.session.findMany(), await db.invitation.findMany()]
    expect(JSON.stringify(rows)).not.toMatch(/Jan Unusual|jan@example/)
    expect((await api.ask('/me', { as: jan })).status).toBe(401)
    // Whoever has the address later is somebody else.
    await aPerson(api.services, { email: 'jan@example.org' })
  })

  test('is not deleted while a group with others would be left without an owner', async () => {
    const [kim, lou] = [await aPerson(api.services, { password }), await aPerson(api.services)]
    const group = await aGroup(api.services, kim, { members: [[lou, 'reader']] })
    const remove = () =>
      api.ask('/me/deletion', { method: 'POST', as: kim, json: { email: kim.email, password } })
    expect((await remove()).json).toMatchObject({ status: 409, groups: [group.id] })
    await api.services.groups.changeMember(await asNow(api.services, kim), group.id, lou.userId, {
      role: 'owner',
    })
    expect((await remove()).status).toBe(204)
  })
})

test('a person gets everything that is known of them, and nothing that they may not read', async () => {
  const mia = await aPerson(api.services, { name: 'Mia', password })
  const document = await aDocument(api.services, admin)
  const layerId = await privateLayerOf(api.services, mia)
  const passages = [{ exact: 'the hedge', prefix: 'sees ', suffix: ', and whoever' }]
  await aThread(api.services, mia, { documentId: document.id, layerId, passages, note: 'About “hedges”.' })
  const at = { documentId: document.id, layerId }
  const dispute = await aDispute(api.services, mia, { ...at, passages: [], positions: ['It minds.'] })
  const held = { positions: [{ id: positionOf(dispute, 1), weight: 1 }], reason: 'I saw it.' }
  await api.services.disputes.takeStance(mia, dispute.id, held)
  const read = async () => JSON.parse((await api.ask('/me/data', { as: mia })).text)
  const before = await read()
  expect(before.account).toMatchObject({ name: 'Mia', email: mia.email })
  expect(before.threads).toContainEqual(
    expect.objectContaining({ passages: [expect.objectContaining({ exact: 'the hedge' })] }),
  )
  expect(before.disputes).toMatchObject([
    { id: dispute.id, positions: [{ statement: 'It minds.' }], stances: [{ reason: 'I saw it.' }] },
  ])
  expect(before.disputes[0].history).toHaveLength(3)
  expect(JSON.stringify(before)).not.toMatch(/argon2|"hash"/)
  await api.database.db.document.update({ where: { id: document.id }, data: { visibility: 'group' } })
  expect((await read()).threads).toContainEqual(
    expect.objectContaining({ passages: [{ documentId: document.id }] }),
  )
  expect((await read()).events.length).toBeGreaterThan(0)
})

describe('an API token', () => {
  const tokenOf = async (person: Person, wanted: object) => {
    const made = await api.ask('/me/tokens', { method: 'POST', as: person, json: { name: 'a', ...wanted } })
    return { authorization: `Bearer ${made.json.token}` }
  }

  test('goes as far as its scope, on every route that changes anything', async () => {
    const owner = await asNow(api.services, admin)
    const reads = await tokenOf(owner, { scope: 'read' })
    const { json } = await api.ask('/openapi.json')
    const changing = Object.entries<Record<string, unknown>>(json.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x') })),
    )
    expect(changing.length).toBeGreaterThan(30)
    for (const { method, path } of changing) {
      const answer = await api.ask(`/${path}`, { method, headers: reads, json: {} })
      expect([method, path, answer.status]).toEqual([method, path, 403])
    }
    expect((await api.ask('/me', { headers: reads })).status).toBe(200)
    expect((await api.ask('/accounts', { headers: reads })).status).toBe(403)

    const writes = await tokenOf(owner, { scope: 'write' })
    const ask = (path: string, body: object) => api.ask(path, { method: 'POST', headers: writes, json: body })
    expect((await ask('/groups', { name: 'By token' })).status).toBe(201)
    expect((await api.ask('/accounts', { headers: writes })).status).toBe(403)
    expect((await ask('/me/tokens', { name: 'wider' })).status).toBe(403)
    expect((await ask('/me/password', { current: null, password: another })).status).toBe(403)
  })

  test('ends when it said it would', async () => {
    const nia = await aPerson(silent.services)
    const past = new Date(Date.now() - 86_400_000).toISOString()
    const wanted = { name: 'a', expiresAt: past }
    expect((await silent.ask('/me/tokens', { method: 'POST', as: nia, json: wanted })).status).toBe(422)
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString()
    const { token } = await silent.services.accounts.createToken(nia, {
      userId: nia.userId,
      name: 'a',
      expiresAt,
    })
    const me = () => silent.ask('/me', { headers: { authorization: `Bearer ${token}` } })
    expect((await me()).status).toBe(200)
    silent.advance(6 * 86_400_000)
    expect((await me()).status).toBe(401)
  })
})

test('no letter goes to who has no account', async () => {
  const before = mail.letters.length
  await api.services.accountLinks.askPasswordReset('stranger@example.org')
  // Something else that is mailed afterwards arrives.
  await api.services.accountLinks.askPasswordReset(admin.email)
  await linkTo(admin.email, '/reset')
  expect(mail.letters.slice(before).flatMap(({ to }) => to)).not.toContain('stranger@example.org')
})
