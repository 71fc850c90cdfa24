import { beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { type Dispute, dispute as disputeShape, disputeSummary } from '#domain/wire/dispute.ts'
import type { Document } from '#domain/wire/document.ts'
import { threadWithReplies } from '#domain/wire/thread.ts'
import { aDispute, positionOf } from '#tests/factories/dispute.ts'
import { aDocument, sampleText } from '#tests/factories/document.ts'
import { anEdition } from '#tests/factories/edition.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

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

const ask = (
  as: Person,
  method: string,
  path: string,
  json?: unknown,
  headers: Record<string, string> = {},
) => api.ask(path, { method, as, json, headers })
const open = (author = room.reader, options: Partial<Parameters<typeof aDispute>[2]> = {}) =>
  aDispute(api.services, author, { documentId: document.id, layerId, ...options })

async function read(id: string, as = room.reader) {
  const { status, text, json } = await ask(as, 'GET', `/disputes/${id}`)
  expect(status, text).toBe(200)
  return disputeShape.parse(json)
}

/** A document that only the owner, the instructor and the group of their own may open. */
async function aClosedDocument(text = sampleText) {
  return aDocument(api.services, room.admin, { text, visibility: 'group' })
}

describe('raising a dispute', () => {
  it('makes a dispute of a thread, which its margin then shows as one', async () => {
    const thread = await aThread(api.services, room.owner, {
      documentId: document.id,
      layerId,
      passages: [{ exact: 'The wren does not mind.' }],
    })
    const made = await ask(room.reader, 'POST', `/threads/${thread.id}/dispute`, { question: 'Who minds?' })
    expect(made.status, made.text).toBe(201)
    const dispute = disputeShape.parse(made.json)
    expect(made.headers.get('location')).toBe(`/api/v1/disputes/${dispute.id}`)
    expect(dispute).toMatchObject({ threadId: thread.id, status: 'open', question: 'Who minds?' })
    const raised = threadWithReplies.parse((await ask(room.reader, 'GET', `/threads/${thread.id}`)).json)
    expect(raised).toMatchObject({ kind: 'dispute', dispute: { id: dispute.id, question: 'Who minds?' } })
  })

  it('answers the same dispute to the same question, and refuses another', async () => {
    const dispute = await open()
    const path = `/threads/${dispute.threadId}/dispute`
    const again = await ask(room.reader, 'POST', path, { question: dispute.question })
    expect(again.json.id).toBe(dispute.id)
    expect((await ask(room.reader, 'POST', path, { question: 'Another?' })).status).toBe(409)
  })

  it('gives ids that are short, and tell neither number nor order', async () => {
    const ids = [(await open()).id, (await open()).id, (await open()).id]
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/)
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBe(3)
  })

  it('lets observers read and not take part, and tells strangers nothing', async () => {
    const dispute = await open()
    const statement = { statement: 'Mine.' }
    expect((await read(dispute.id, room.observer)).may).toMatchObject({ takePart: false, become: [] })
    expect((await ask(room.observer, 'POST', `/disputes/${dispute.id}/positions`, statement)).status).toBe(
      403,
    )
    expect((await ask(room.stranger, 'GET', `/disputes/${dispute.id}`)).status).toBe(404)
    expect((await ask(room.stranger, 'POST', `/disputes/${dispute.id}/positions`, statement)).status).toBe(
      404,
    )
    expect((await api.ask(`/disputes/${dispute.id}`)).status).toBe(401)
    const thread = { question: 'Again?' }
    expect((await ask(room.observer, 'POST', `/threads/${dispute.threadId}/dispute`, thread)).status).toBe(
      403,
    )
  })

  it('is neither deleted nor resolved as a thread, since others have their part in it', async () => {
    const { threadId } = await open()
    expect((await ask(room.reader, 'DELETE', `/threads/${threadId}`)).status).toBe(409)
    const resolved = await ask(room.reader, 'POST', `/threads/${threadId}/status`, { status: 'resolved' })
    expect(resolved.status).toBe(409)
  })
})

describe('stances', () => {
  it('takes weights as parts of one stance, and says how divided the holders are', async () => {
    const dispute = await open()
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const path = `/disputes/${dispute.id}/stance`
    const split = {
      positions: [
        { id: a, weight: 3 },
        { id: b, weight: 1 },
      ],
      reason: 'Mostly.',
    }
    expect((await ask(room.reader, 'PUT', path, split)).json.mine.positions).toEqual([
      { id: a, share: 0.75 },
      { id: b, share: 0.25 },
    ])
    await ask(room.owner, 'PUT', path, { positions: [{ id: a }] })
    const undecided = await ask(room.instructor, 'PUT', path, { positions: [] })
    const now = disputeShape.parse(undecided.json)
    expect(now.positions.map(({ holders }) => holders.map(({ share }) => share))).toEqual([[0.75, 1], [0.25]])
    expect(now.undecided.map(({ person }) => person.name)).toEqual(['Instructor'])
    // 2 · (1 - 0.875² - 0.125²)
    expect(now.dividedness).toBeCloseTo(0.4375)
    const twice = { positions: [{ id: a }, { id: a }] }
    expect((await ask(room.owner, 'PUT', path, twice)).status).toBe(422)
    const other = await open()
    expect((await ask(room.owner, 'PUT', path, { positions: [{ id: positionOf(other, 1) }] })).status).toBe(
      422,
    )
  })

  it('keeps each change with what was new since the last one', async () => {
    const dispute = await open()
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const { disputes } = api.services
    await disputes.takeStance(room.reader, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    const evidence = { positionId: b, side: 'for', citation: 'Hedges, 1999', note: '' } as const
    const brought = await disputes.addEvidence(room.owner, dispute.id, evidence)
    const added = brought.positions[1]?.evidence[0]?.id
    await disputes.takeStance(room.reader, dispute.id, {
      positions: [{ id: b, weight: 1 }],
      reason: 'So be it.',
    })
    const { history } = await read(dispute.id)
    expect(history.map(({ number }) => number)).toEqual(history.map((_, index) => index + 1))
    expect(history.filter(({ kind }) => kind === 'stance')).toMatchObject([
      { positions: [{ id: a, share: 1 }], newEvidenceIds: [] },
      { positions: [{ id: b, share: 1 }], newEvidenceIds: [added], reason: 'So be it.' },
    ])
  })

  it('closes the pen of a position’s note with the stance, and not the page', async () => {
    const dispute = await open()
    const a = positionOf(dispute, 1)
    const { disputes, notes } = api.services
    const mayWrite = async (person: Person) => (await notes.access(person, a)).mayWrite
    expect(await mayWrite(room.owner)).toBe(false)
    const told: string[] = []
    const end = api.services.feed.subscribeThreads((threadId) => void told.push(threadId))
    await disputes.takeStance(room.owner, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    expect(await mayWrite(room.owner)).toBe(true)
    expect(await mayWrite(room.reader)).toBe(false)
    await disputes.takeStance(room.owner, dispute.id, { positions: [], reason: '' })
    expect(await mayWrite(room.owner)).toBe(false)
    expect(told).toEqual([dispute.threadId, dispute.threadId])
    end()
    await expect(notes.access(room.stranger, a)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are hidden while a layer is blind, in the dispute, the register, the map and every export', async () => {
    const { layers, disputes } = api.services
    const blind = await layers.add(room.instructor, room.group.id, {
      name: 'Blind',
      read: 'members',
      write: 'members',
      blind: { untilRevealed: true },
    })
    const dispute = await open(room.instructor, { layerId: blind.id, question: 'Who is covered?' })
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const reason = 'BASILISK'
    await disputes.takeStance(room.owner, dispute.id, { positions: [{ id: a, weight: 1 }], reason })
    const classmate = await aPerson(api.services, { name: 'Classmate' })
    const { email } = classmate
    await api.services.groups.addMember(room.owner, room.group.id, { email, role: 'reader' })
    const covered = await asNow(api.services, classmate)
    await disputes.takeStance(covered, dispute.id, { positions: [{ id: b, weight: 1 }], reason })
    const sees = async () => {
      const [shown, row] = await Promise.all([
        disputes.get(room.reader, dispute.id),
        disputes.list(room.reader, { sort: 'age', limit: 200 }),
      ])
      const files = await Promise.all(
        (['md', 'csv', 'argdown', 'jsonld'] as const).map((format) =>
          disputes.export(room.reader, dispute.id, format),
        ),
      )
      const summary = row.items.find(({ id }) => id === dispute.id)
      const { items } = await disputes.map(room.reader, document.id)
      const mapped = items.find(({ id }) => id === dispute.id)
      return { shown, summary, mapped, all: JSON.stringify([shown, row, files, items]) }
    }
    const before = await sees()
    expect(before.shown).toMatchObject({ stancesHidden: true, dividedness: null, undecided: [] })
    expect(before.shown.positions.map(({ holders }) => holders)).toEqual([[], []])
    expect(before.summary).toMatchObject({ dividedness: null, undecided: 0 })
    expect(before.mapped).toMatchObject({ dividedness: null, weeks: [] })
    for (const told of ['Classmate', reason]) expect(before.all).not.toContain(told)
    const held = { sort: 'age', limit: 200, person: classmate.userId } as const
    expect((await disputes.list(room.reader, held)).items).toEqual([])
    expect((await disputes.list(covered, held)).items).toHaveLength(1)
    await layers.reveal(room.instructor, blind.id)
    const after = await sees()
    expect(after.shown).toMatchObject({ stancesHidden: false, dividedness: 1 })
    expect(after.all).toContain('Classmate')
  })

  it('keeps the stance and the history of somebody who left, and takes their pen', async () => {
    const dispute = await open(room.instructor)
    const a = positionOf(dispute, 1)
    const leaver = room.reader
    await api.services.disputes.takeStance(leaver, dispute.id, {
      positions: [{ id: a, weight: 1 }],
      reason: '',
    })
    await api.services.groups.removeMember(room.owner, room.group.id, leaver.userId)
    const now = await read(dispute.id, room.owner)
    expect(now.positions[0]?.holders).toMatchObject([{ person: { name: 'Reader' }, left: true }])
    const gone = await asNow(api.services, leaver)
    await expect(api.services.notes.access(gone, a)).rejects.toMatchObject({ code: 'not-found' })
    const { email } = leaver
    await api.services.groups.addMember(room.owner, room.group.id, { email, role: 'reader' })
    room = { ...room, reader: await asNow(api.services, leaver) }
  })
})

describe('evidence', () => {
  it('is a passage, a thread or a citation, can be moved, and is answered', async () => {
    const dispute = await open()
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const path = `/disputes/${dispute.id}/evidence`
    const thread = await aThread(api.services, room.owner, {
      documentId: document.id,
      layerId,
      note: 'See here.',
    })
    const passage = { exact: 'a timetable has never seen a wren' }
    await ask(room.owner, 'POST', path, { positionId: a, side: 'for', passage, note: 'Read this.' })
    await ask(room.owner, 'POST', path, { positionId: a, side: 'against', threadId: thread.id })
    const third = await ask(room.owner, 'POST', path, {
      positionId: a,
      side: 'for',
      citation: 'Hedges, 1999',
    })
    expect(third.status, third.text).toBe(200)
    const before = disputeShape.parse(third.json)
    const [first] = before.positions[0]?.evidence ?? []
    expect(before.positions[0]?.evidence).toMatchObject([
      { source: { kind: 'passage', passage: { ...passage, place: { words: passage.exact } } } },
      { source: { kind: 'thread', thread: { text: 'See here.' } } },
      { source: { kind: 'citation', citation: 'Hedges, 1999' } },
    ])
    const move = { positionId: b, side: 'against' }
    expect((await ask(room.reader, 'PATCH', `${path}/${first?.id}`, move)).status).toBe(200)
    expect((await ask(room.observer, 'PATCH', `${path}/${first?.id}`, move)).status).toBe(403)
    const answer = { body: 'I doubt it.', evidenceId: first?.id }
    expect((await ask(room.instructor, 'POST', `/threads/${dispute.threadId}/replies`, answer)).status).toBe(
      201,
    )
    const now = await read(dispute.id)
    expect(now.positions[1]?.evidence).toMatchObject([
      { side: 'against', replies: [{ text: 'I doubt it.' }] },
    ])
    expect(now.replies).toEqual([])
    const none = { positionId: a, side: 'for' }
    expect((await ask(room.owner, 'POST', path, none)).status).toBe(422)
    expect((await ask(room.owner, 'POST', path, { ...none, citation: 'X', passage })).status).toBe(422)
    const removed = await ask(room.owner, 'DELETE', `${path}/${first?.id}`)
    expect(disputeShape.parse(removed.json).positions[1]?.evidence).toEqual([])
  })

  it('is no passage of the thread: the margin and its list know only what is disputed', async () => {
    const dispute = await open()
    const passage = { exact: 'sees the wren in it' }
    const evidence = { positionId: positionOf(dispute, 1), side: 'for', passage, note: '' } as const
    await api.services.disputes.addEvidence(room.reader, dispute.id, evidence)
    const { passages } = await api.services.threads.get(room.reader, dispute.threadId)
    expect(passages).toMatchObject([{ exact: 'The hedge does not mind.' }])
  })

  it('shows from what one may not open that it is there, and not a word, its side, its replies or who brought it', async () => {
    const closed = await aClosedDocument('A sealed letter\n\nThe seal says BASILISK and nothing else.\n')
    const dispute = await open(room.owner)
    const admin = room.admin
    await api.services.groups.addMember(room.owner, room.group.id, { email: admin.email, role: 'instructor' })
    const opener = await asNow(api.services, admin)
    const brought = await api.services.disputes.addEvidence(opener, dispute.id, {
      positionId: positionOf(dispute, 1),
      side: 'against',
      passage: { documentId: closed.id, exact: 'The seal says BASILISK' },
      note: 'BASILISK, mark it.',
    })
    const evidenceId = brought.positions[0]?.evidence[0]?.id ?? ''
    const { disputes, replies } = api.services
    await replies.create(opener, dispute.threadId, { body: 'BASILISK again.', evidenceId })
    const shown = await read(dispute.id)
    expect(shown.positions[0]?.evidence).toEqual([{ id: evidenceId, hidden: true }])
    expect(shown.history.at(-1)).toEqual({
      number: shown.history.length,
      at: expect.any(String),
      kind: 'hidden-evidence',
      evidenceId,
    })
    const files = await Promise.all(
      (['md', 'csv', 'argdown', 'jsonld'] as const).map(
        async (format) => (await disputes.export(room.reader, dispute.id, format)).content,
      ),
    )
    const thread = await ask(room.reader, 'GET', `/threads/${dispute.threadId}`)
    for (const text of [...files, thread.text, JSON.stringify(shown)]) expect(text).not.toContain('BASILISK')
    const answer = { body: 'What is it?', evidenceId }
    expect((await ask(room.reader, 'POST', `/threads/${dispute.threadId}/replies`, answer)).status).toBe(422)
    expect(JSON.stringify(await disputes.get(opener, dispute.id))).toContain('BASILISK again.')
    await api.services.groups.removeMember(room.owner, room.group.id, admin.userId)
  })

  it('keeps the words as they were quoted when an edition changes, moves or loses them, or is withdrawn', async () => {
    const source = `${sampleText}\nWhoever owns a hedge pays for the shears twice a year.\n\nThe last line is about owls and their long patience.\n`
    const text = await aDocument(api.services, room.admin, { text: source })
    const dispute = await open()
    const quotes = [
      'sees the wren in it',
      'pays for the shears twice a year',
      'The last line is about owls and their long patience.',
    ]
    for (const exact of quotes) {
      await api.services.disputes.addEvidence(room.reader, dispute.id, {
        positionId: positionOf(dispute, 1),
        side: 'for',
        passage: { documentId: text.id, exact },
        note: '',
      })
    }
    const next = source
      .replace('On Walking Slowly\n=====', 'On Walking Rather Slowly\n=====')
      .replace('pays for the shears twice a year', 'pays for the garden shears twice every year')
      .replace('The last line is about owls and their long patience.\n', '')
    const passagesOf = async () =>
      (await read(dispute.id)).positions[0]?.evidence.map((each) =>
        'hidden' in each || each.source.kind !== 'passage' ? null : each.source.passage,
      )
    const before = (await passagesOf())?.[0]?.start ?? 0
    const { edition } = await anEdition(api.services, room.admin, text.id, next)
    await api.services.editions.publish(room.admin, text.id, edition.number)
    expect(await passagesOf()).toMatchObject([
      {
        exact: quotes[0],
        start: before + 'Rather '.length,
        anchor: { state: 'exact' },
        place: { words: quotes[0] },
      },
      {
        exact: quotes[1],
        anchor: { state: 'changed' },
        place: { words: 'pays for the garden shears twice every year' },
      },
      { exact: quotes[2], anchor: { state: 'orphaned' }, place: null },
    ])
    await api.services.documents.withdraw(room.admin, text.id, null)
    expect(await passagesOf()).toMatchObject(
      quotes.map((exact) => ({ exact, document: { withdrawn: true }, place: null })),
    )
  })
})

describe('the status', () => {
  const settle = { status: 'settled', outcome: 'It does not.', rationale: 'The text says so.' }

  it('lets one of two people settle who do so at once, and tells the other that it has changed', async () => {
    const dispute = await open()
    const { headers } = await ask(room.owner, 'GET', `/disputes/${dispute.id}`)
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' }
    const answers = await Promise.all(
      [room.owner, room.instructor].map((person) =>
        ask(person, 'POST', `/disputes/${dispute.id}/status`, settle, ifMatch),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const { history } = await read(dispute.id)
    expect(history.filter(({ kind }) => kind === 'status')).toHaveLength(1)
  })

  it('is settled, reopened by others only with new evidence, and tells the margin', async () => {
    const dispute = await open(room.instructor)
    const path = `/disputes/${dispute.id}/status`
    expect((await ask(room.reader, 'POST', path, settle)).status).toBe(403)
    expect((await ask(room.instructor, 'POST', path, { status: 'settled', rationale: 'So.' })).status).toBe(
      422,
    )
    const followed = { status: 'settled', positionId: positionOf(dispute, 2), rationale: 'So.' }
    const settled = disputeShape.parse((await ask(room.instructor, 'POST', path, followed)).json)
    expect(settled.outcome).toMatchObject({ text: 'It does not.', positionId: positionOf(dispute, 2) })
    expect((await api.services.threads.get(room.reader, dispute.threadId)).status).toBe('resolved')
    const statement = { statement: 'A third.' }
    expect((await ask(room.reader, 'POST', `/disputes/${dispute.id}/positions`, statement)).status).toBe(409)
    const reopen = { status: 'open', rationale: 'There is more.' }
    expect((await ask(room.reader, 'POST', path, reopen)).status).toBe(403)
    const evidence = { positionId: positionOf(dispute, 1), side: 'for', citation: 'Hedges, 1999' }
    await ask(room.reader, 'POST', `/disputes/${dispute.id}/evidence`, evidence)
    expect((await ask(room.reader, 'POST', path, reopen)).status).toBe(200)
    expect(await read(dispute.id)).toMatchObject({ status: 'open', outcome: null })
    expect((await api.services.threads.get(room.reader, dispute.threadId)).status).toBe('open')
  })

  it('leaves a history that not even the database lets anybody change', async () => {
    const { id } = await open()
    const rewrite = api.database.db.disputeEvent.updateMany({
      where: { disputeId: id },
      data: { number: 99 },
    })
    await expect(rewrite).rejects.toThrow('never changed')
  })
})

describe('the register', () => {
  it('lists what one may see, filtered and sorted, page by page', async () => {
    const own = layerOf(room.group, 'commentary').id
    const made: Dispute[] = []
    for (const [index, tag] of ['weir', 'weir', 'owl'].entries()) {
      const question = `Question ${index}?`
      made.push(await open(room.instructor, { layerId: own, question, tags: [tag] }))
    }
    const [first, second, third] = made.map(({ id }) => id)
    const divided = made[1]
    if (!divided) throw new Error('none was made')
    for (const [person, number] of [
      [room.owner, 1],
      [room.instructor, 2],
    ] as const) {
      const positions = [{ id: positionOf(divided, number), weight: 1 }]
      await api.services.disputes.takeStance(person, divided.id, { positions, reason: '' })
    }
    const list = async (query: string, as = room.reader) => {
      const { status, text, json } = await ask(as, 'GET', `/disputes?${query}`)
      expect(status, text).toBe(200)
      const items = disputeSummary.array().parse(json.items)
      return {
        next: json.next,
        items,
        ids: items.map(({ id }) => id).filter((id) => made.some((m) => m.id === id)),
      }
    }
    expect((await list('sort=age&limit=200')).ids).toEqual([first, second, third])
    expect((await list('sort=activity&limit=200')).ids).toEqual([second, third, first])
    expect((await list('sort=dividedness&limit=200')).ids[0]).toBe(second)
    expect((await list('tag=owl')).ids).toEqual([third])
    expect((await list(`person=${room.owner.userId}&tag=weir`)).ids).toEqual([second])
    expect((await list(`document=${document.id}&group=${room.group.id}&tag=owl`)).ids).toEqual([third])
    expect((await list('from=2999-01-01')).items).toEqual([])
    expect((await list('status=settled&tag=owl')).ids).toEqual([])
    const page = await list('tag=weir&sort=dividedness&limit=1')
    expect(page.ids).toEqual([second])
    expect((await list(`tag=weir&sort=dividedness&limit=1&cursor=${page.next}`)).ids).toEqual([first])
    expect((await list('', room.stranger)).items).toEqual([])
    expect((await ask(room.stranger, 'GET', `/disputes?group=${room.group.id}`)).status).toBe(404)
    expect((await ask(room.reader, 'GET', `/disputes?sort=age&cursor=${page.next}`)).status).toBe(422)
  })

  it('maps the disputes of a document along its text', async () => {
    const text = await aDocument(api.services, room.admin)
    const dispute = await open(room.reader, { documentId: text.id })
    const positions = [{ id: positionOf(dispute, 1), weight: 1 }]
    await api.services.disputes.takeStance(room.reader, dispute.id, { positions, reason: '' })
    const { json } = await ask(room.reader, 'GET', `/documents/${text.slug}/disputes`)
    const [passage] = dispute.passages
    if (!passage || 'hidden' in passage) throw new Error('the passage is not shown')
    const { start, end } = passage
    expect(json.items).toMatchObject([
      { id: dispute.id, start, end, dividedness: 0, weeks: [{ dividedness: 0 }] },
    ])
    expect((await ask(room.stranger, 'GET', `/documents/${text.slug}/disputes`)).json.items).toEqual([])
  })
})

describe('following', () => {
  it('tells of new evidence, an outcome and a reopening, until they were seen', async () => {
    const dispute = await open(room.owner)
    const path = `/disputes/${dispute.id}`
    const news = async (as: Person) =>
      (await ask(as, 'GET', '/me/dispute-news')).json.items
        .filter((each: { dispute: { id: string } }) => each.dispute.id === dispute.id)
        .map((each: { event: { kind: string } }) => each.event.kind)
    expect((await ask(room.observer, 'PUT', `${path}/follow`)).json.following).toBe(true)
    await ask(room.reader, 'POST', `${path}/evidence`, {
      positionId: positionOf(dispute, 1),
      side: 'for',
      citation: 'Hedges, 1999',
    })
    await ask(room.reader, 'PUT', `${path}/stance`, { positions: [] })
    const rationale = 'Enough.'
    await ask(room.owner, 'POST', `${path}/status`, { status: 'set-aside', rationale })
    await ask(room.owner, 'POST', `${path}/status`, { status: 'open', rationale })
    expect(await news(room.observer)).toEqual(['status', 'status', 'evidence'])
    // Who did it is not told of it; who takes part follows without asking.
    expect(await news(room.owner)).toEqual(['evidence'])
    expect(await news(room.reader)).toEqual(['status', 'status'])
    const { history } = await read(dispute.id)
    const seen = { number: history.length }
    expect((await ask(room.observer, 'POST', `${path}/seen`, seen)).status).toBe(204)
    expect(await news(room.observer)).toEqual([])
    await ask(room.owner, 'DELETE', `${path}/follow`)
    expect((await ask(room.owner, 'GET', `/disputes?following=true&limit=200`)).text).not.toContain(
      dispute.id,
    )
  })
})

describe('what goes out', () => {
  it('is Markdown, CSV, Argdown and Web Annotations, of one or of the whole register', async () => {
    const dispute = await open(room.owner, { question: 'Is *this* told?' })
    const { disputes } = api.services
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    await disputes.takeStance(room.reader, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    await disputes.setStatus(
      room.owner,
      dispute.id,
      { status: 'settled', outcome: '', positionId: b, rationale: 'Plainly.' },
      null,
    )
    const file = async (path: string) => ask(room.reader, 'GET', path)
    const one = await file(`/disputes/${dispute.id}/export?format=md`)
    expect(one.headers.get('content-disposition')).toContain(`dispute-${dispute.id}.md`)
    expect(one.text).toContain('# Is \\*this\\* told?')
    expect(one.text).toContain('> The hedge does not mind.')
    expect(one.text).toMatch(/### Dissent\n\n- It minds\. \(Reader\)/)
    const all = await file('/disputes/export?format=csv')
    expect(all.text.split('\r\n')[0]).toMatch(/^dispute,address,question/)
    expect(all.text).toContain(dispute.id)
    expect((await file(`/disputes/${dispute.id}/export?format=argdown`)).text).toContain(
      `[${dispute.id}.1]: It minds.`,
    )
    const { json } = await file(`/disputes/${dispute.id}/export?format=jsonld`)
    expect(json.first.items[0]).toMatchObject({
      type: 'Annotation',
      target: [{ selector: [{ type: 'TextQuoteSelector', exact: 'The hedge does not mind.' }, {}] }],
    })
    expect((await file('/disputes/export?format=pdf')).status).toBe(422)
  })
})
