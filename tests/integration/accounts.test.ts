import { beforeAll, describe, expect, test } from 'vitest'
import { anonymous } from '#domain/policy/actor.ts'
import { aGroup } from '#tests/factories/group.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

const password = 'slow walks in the rain'
let running: TestServices
let accounts: TestServices['services']['accounts']
beforeAll(async () => {
  running = await startTestServices()
  accounts = running.services.accounts
})

describe('an empty server', () => {
  test('is set up once, with the newest of its links, by whoever has it', async () => {
    const first = await accounts.setupLink()
    const second = await accounts.setupLink()
    const account = { email: 'root@example.org', name: 'Root', password }
    await expect(accounts.setUp(secretOf(first), account)).rejects.toMatchObject({ code: 'not-found' })
    await expect(accounts.setUp('guessed', account)).rejects.toMatchObject({ code: 'not-found' })
    const weak = accounts.setUp(secretOf(second), { ...account, password: 'short' })
    await expect(weak).rejects.toMatchObject({ code: 'unprocessable' })
    const tries = await Promise.allSettled([
      accounts.setUp(secretOf(second), account),
      accounts.setUp(secretOf(second), { ...account, email: 'other@example.org' }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const everyone = await accounts.list(await administrator())
    expect(everyone).toHaveLength(1)
    expect(everyone[0]?.admin).toBe(true)
    expect(await accounts.setupLink()).toBeNull()
  })
})

describe('an account', () => {
  test('comes with a private layer of its own', async () => {
    const anna = await aPerson(running.services, { name: 'Anna' })
    const { layers, ...rest } = await accounts.me(anna)
    expect(rest).toEqual({ id: anna.userId, name: 'Anna', email: anna.email, admin: false, groups: [] })
    expect(layers).toEqual([{ id: expect.any(String), kind: 'private', name: 'My notes', groups: [] }])
  })

  test('is one for each e-mail address, however it is written, and however many ask at once', async () => {
    const tries = ['Twice@Example.org', 'twice@example.org ', ' TWICE@example.org'].map((email) =>
      accounts.create('server', { email, name: 'Twice', password: null }),
    )
    const ended = await Promise.allSettled(tries)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const end of ended)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'conflict' })
    expect(await running.database.db.layer.count({ where: { owner: { email: 'twice@example.org' } } })).toBe(
      1,
    )
  })

  test('is made by administrators alone', async () => {
    const account = { email: 'new@example.org', name: 'New', password: null }
    const anna = await aPerson(running.services)
    await expect(accounts.create(anna, account)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(accounts.create(anonymous, account)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(accounts.list(anna)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(accounts.create(await administrator(), account)).resolves.toMatchObject({ name: 'New' })
  })

  test.each([
    ['email', { email: 'no address', name: 'A', password: null }],
    ['name', { email: 'a@example.org', name: '  ', password: null }],
    ['password', { email: 'a@example.org', name: 'A', password: 'ninechars' }],
    ['password', { email: 'a@example.org', name: 'A', password: 'Password123' }],
    ['password', { email: 'a@example.org', name: 'A', password: 'x'.repeat(201) }],
  ])('with a wrong %s is refused, naming it', async (path, account) => {
    await expect(accounts.create('server', account)).rejects.toMatchObject({
      code: 'unprocessable',
      details: { errors: [{ path }] },
    })
  })
})

describe('a password', () => {
  test('lets in its person, whose address may be written in capitals', async () => {
    const { userId } = await aPerson(running.services, { email: 'dora@example.org', password })
    expect(await accounts.verifyPassword('Dora@Example.ORG', password)).toEqual({ userId })
  })

  test('lets nobody in when it is wrong, the address unknown, or the account disabled or without a password', async () => {
    const { userId } = await aPerson(running.services, { email: 'eva@example.org', password })
    await aPerson(running.services, { email: 'nopass@example.org' })
    expect(await accounts.verifyPassword('eva@example.org', `${password}!`)).toBeNull()
    expect(await accounts.verifyPassword('unknown@example.org', password)).toBeNull()
    expect(await accounts.verifyPassword('nopass@example.org', '')).toBeNull()
    await running.database.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
    expect(await accounts.verifyPassword('eva@example.org', password)).toBeNull()
  })
})

test('no password, token or link is kept in clear', async () => {
  const owner = await aPerson(running.services, { email: 'fay@example.org', password })
  const { token } = await accounts.createToken(owner, { userId: owner.userId, name: 'script' })
  const group = await aGroup(running.services, owner)
  const invitation = { role: 'reader', uses: 1 } as const
  const { url } = await running.services.groups.invite(
    await asNow(running.services, owner),
    group.id,
    invitation,
  )
  const { db } = running.database
  const kept = JSON.stringify([
    await db.user.findMany(),
    await db.apiToken.findMany(),
    await db.invitation.findMany(),
    await db.session.findMany(),
  ])
  for (const secret of [password, token, token.replace('postil_', ''), secretOf(url)]) {
    expect(kept).not.toContain(secret)
  }
  expect(kept).toContain('$argon2id$')
})

const secretOf = (link: string | null) => link?.split('/').at(-1) ?? ''

async function administrator() {
  const row = await running.database.db.user.findFirstOrThrow({ where: { admin: true } })
  return asNow(running.services, { userId: row.id })
}
