/** Setting up a class: its people by a list, its layers, and one commentary over several classes. */
import { beforeAll, describe, expect, test } from 'vitest'
import { operator, type Person } from '#domain/policy/actor.ts'
import type { Letter } from '#server/mail/send-mail.ts'
import { readRoster } from '#server/services/read-roster.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup } from '#tests/factories/group.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { startTestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let api: TestApi
let room: ReadingRoom
beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
})

const at = (path: string) => `/groups/${room.group.id}${path}`

describe('a class list', () => {
  test.each([
    ['with a heading, in another order', 'E-mail;Role;Name\nada@example.org;observer;Ada'],
    ['without one, by commas', 'Ada,ada@example.org,observer'],
    ['by tabs, with a byte order mark and empty lines', '\uFEFF\nAda\tADA@example.org\tObserver\n\n'],
    ['with quoted fields', '"Ada","ada@example.org","observer"\r\n'],
  ])('is read %s', (_, csv) => {
    expect(readRoster(csv)).toMatchObject([
      { name: 'Ada', email: 'ada@example.org', role: 'observer', problem: null },
    ])
  })

  test('brings in who has an account, sends everybody else a link, and says of each line what became of it', async () => {
    const known = await aPerson(api.services, { name: 'Known' })
    const csv = [
      'name,email,role',
      `Known,${known.email},observer`,
      'New,new@school.example,',
      'Nobody,not an address,reader',
      'King,king@school.example,king',
      'Twice,new@school.example,reader',
      'Boss,boss@school.example,instructor',
      `Reader,${room.reader.email},reader`,
    ].join('\n')
    const { status, json } = await api.ask(at('/roster'), {
      method: 'POST',
      as: room.instructor,
      json: { csv },
    })
    expect(status).toBe(200)
    const lines: { line: number; outcome: string; reason: string | null; url: string | null }[] = json.lines
    expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'joined'],
      [3, 'invited'],
      [4, 'refused'],
      [5, 'refused'],
      [6, 'refused'],
      // An instructor invites no other.
      [7, 'refused'],
      [8, 'member'],
    ])
    const secret = lines[1]?.url?.split('/').at(-1) ?? ''
    const account = { email: 'new@school.example', name: 'New', password: 'slow walks in the rain' }
    const joined = await api.ask('/invitations/join', { method: 'POST', json: { secret, account } })
    expect(joined.status).toBe(200)
    const members = (await api.services.groups.get(room.owner, room.group.id)).members
    expect(members.map(({ user, role }) => [user.name, role])).toContainEqual(['New', 'reader'])
  })

  test('read by who runs the server makes the accounts as well', async () => {
    const csv = 'Thirty,thirty@school.example'
    const { lines } = await api.services.groups.readRoster(operator, room.group.id, { csv })
    expect(lines).toMatchObject([{ outcome: 'joined', url: expect.stringContaining('/reset/') }])
    expect(await api.services.accounts.findByEmail('thirty@school.example')).not.toBeNull()
  })

  test('that is none is refused as a whole', async () => {
    const ask = (csv: string) => api.ask(at('/roster'), { method: 'POST', as: room.owner, json: { csv } })
    expect((await ask('\n\n')).status).toBe(422)
    expect((await ask('"never closed')).status).toBe(422)
  })
})

test('an invitation is listed without its secret, and leads nowhere once it is taken back', async () => {
  const made = await api.ask(at('/invitations'), {
    method: 'POST',
    as: room.owner,
    json: { role: 'instructor' },
  })
  const listed = async (as: Person) => (await api.ask(at('/invitations'), { as })).json.items
  expect((await listed(room.owner)).map(({ id }: { id: string }) => id)).toContain(made.json.id)
  expect(JSON.stringify(await listed(room.owner))).not.toContain(made.json.url.split('/').at(-1))
  expect((await listed(room.instructor)).map(({ id }: { id: string }) => id)).not.toContain(made.json.id)
  expect(await listed(room.reader)).toEqual([])
  const revoke = (as: Person) => api.ask(at(`/invitations/${made.json.id}`), { method: 'DELETE', as })
  expect([(await revoke(room.instructor)).status, (await revoke(room.owner)).status]).toEqual([403, 204])
  const look = { method: 'POST', json: { secret: made.json.url.split('/').at(-1) } }
  expect((await api.ask('/invitations/look', look)).status).toBe(404)
})

describe('a layer that an instructor adds', () => {
  const add = (as: Person, json: object) => api.ask(at('/layers'), { method: 'POST', as, json })

  test('is as they set it, and set again from the version they saw', async () => {
    const { status, json } = await add(room.instructor, {
      name: 'Essays',
      write: 'instructors',
      coWriting: true,
    })
    expect([status, json]).toMatchObject([
      201,
      { kind: 'custom', read: 'members', write: 'instructors', coWriting: true, blind: null, opensAt: null },
    ])
    const change = { method: 'PATCH', as: room.owner, headers: { 'if-match': `"${json.version}"` } }
    const path = `/layers/${json.id}`
    expect((await api.ask(path, { ...change, json: { name: 'Papers' } })).json.name).toBe('Papers')
    expect((await api.ask(path, { ...change, json: { name: 'Late' } })).status).toBe(412)
  })

  test('closes after it opens, and a discussion stays for its members', async () => {
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
    expect((await add(room.owner, { name: 'Odd', opensAt: late, closesAt: early })).status).toBe(422)
    const discussion = room.group.layers.find(({ kind }) => kind === 'discussion')
    const open = { method: 'PATCH', as: room.owner, json: { read: 'public' } }
    expect((await api.ask(`/layers/${discussion?.id}`, open)).status).toBe(422)
  })

  test('lies over several classes: notes are shared, replies and who is asked to choose stay in their own', async () => {
    const document = await aDocument(api.services, room.admin)
    const second = await aGroup(api.services, room.instructor, {
      name: 'Second',
      members: [[room.stranger, 'reader']],
    })
    const teacher = await asNow(api.services, room.instructor)
    const groups = [room.group.id, second.id]
    expect((await add(room.owner, { name: 'Foreign', groups })).status).toBe(422)
    const { json: layer } = await add(teacher, { name: 'One for all', write: 'instructors', groups })
    const { id } = await aThread(api.services, teacher, { documentId: document.id, layerId: layer.id })
    const reply = (as: Person, json: object) =>
      api.ask(`/threads/${id}/replies`, { method: 'POST', as, json })
    // Instructors alone reply in a layer that instructors alone write.
    await api.services.layers.change(teacher, layer.id, { write: 'members' }, null)
    const guest = await asNow(api.services, room.stranger)
    expect((await reply(guest, { body: 'In the second.' })).json.groupId).toBe(second.id)
    expect((await reply(teacher, { body: 'Where?' })).status).toBe(422)
    expect((await reply(teacher, { body: 'Here.', groupId: room.group.id })).status).toBe(201)
    const said = async (as: Person) =>
      (await api.services.threads.get(as, id)).replies.map(({ text }) => text)
    expect([await said(guest), await said(room.reader)]).toEqual([['In the second.'], ['Here.']])
  })
})

test('what was written last is told to members, as far as each sees it', async () => {
  const document = await aDocument(api.services, room.admin)
  const layer = await api.services.layers.add(room.owner, room.group.id, {
    name: 'Staff',
    read: 'instructors',
  })
  await aThread(api.services, room.instructor, {
    documentId: document.id,
    layerId: layer.id,
    note: 'Among us',
  })
  const latest = async (as: Person) =>
    (await api.ask(at('/activity'), { as })).json.items.map(({ text }: { text: string }) => text)
  expect(await latest(room.owner)).toContain('Among us')
  expect(await latest(room.reader)).not.toContain('Among us')
})

test('an invitation is sent where the server sends mail, and refused where it does not', async () => {
  const letters: Letter[] = []
  const mailing = await startTestServices(api.database, {
    sendMail: async (letter) => void letters.push(letter),
  })
  const wanted = { role: 'reader', uses: 1, email: 'guest@school.example' } as const
  const { url } = await mailing.services.groups.invite(room.owner, room.group.id, wanted)
  expect(letters).toMatchObject([{ to: 'guest@school.example', text: expect.stringContaining(url) }])
  expect((await api.ask(at('/invitations'), { method: 'POST', as: room.owner, json: wanted })).status).toBe(
    422,
  )
})
