/** Raising disputes, what is held in them, and how they end. */
import { describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { dispute as disputeShape } from '#domain/wire/dispute.ts'
import { threadWithReplies } from '#domain/wire/thread.ts'
import { positionOf } from '#tests/factories/dispute.ts'
import { aDisputeRoom } from '#tests/factories/dispute-room.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { aThread } from '#tests/factories/thread.ts'

const here = aDisputeRoom()
const { ask, open, read } = here

describe('raising a dispute', () => {
  it('makes a dispute of a thread, which its margin then shows as one', async () => {
    const thread = await aThread(here.api.services, here.room.owner, {
      documentId: here.document.id,
      layerId: here.layerId,
      passages: [{ exact: 'The wren does not mind.' }],
    })
    const made = await ask(here.room.reader, 'POST', `/threads/${thread.id}/dispute`, {
      question: 'Who minds?',
    })
    expect(made.status, made.text).toBe(201)
    const dispute = disputeShape.parse(made.json)
    expect(made.headers.get('location')).toBe(`/api/v1/disputes/${dispute.id}`)
    expect(dispute).toMatchObject({ threadId: thread.id, status: 'open', question: 'Who minds?' })
    const raised = threadWithReplies.parse((await ask(here.room.reader, 'GET', `/threads/${thread.id}`)).json)
    expect(raised).toMatchObject({ kind: 'dispute', dispute: { id: dispute.id, question: 'Who minds?' } })
  })

  it('answers the same dispute to the same question, and refuses another', async () => {
    const dispute = await open()
    const path = `/threads/${dispute.threadId}/dispute`
    const again = await ask(here.room.reader, 'POST', path, { question: dispute.question })
    expect(again.json.id).toBe(dispute.id)
    expect((await ask(here.room.reader, 'POST', path, { question: 'Another?' })).status).toBe(409)
  })

  it('gives ids that are short, and tell neither number nor order', async () => {
    const ids = [(await open()).id, (await open()).id, (await open()).id]
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/)
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBe(3)
  })

  it('lets observers read and not take part, and tells strangers nothing', async () => {
    const dispute = await open()
    const statement = { statement: 'Mine.' }
    expect((await read(dispute.id, here.room.observer)).may).toMatchObject({ takePart: false, become: [] })
    expect(
      (await ask(here.room.observer, 'POST', `/disputes/${dispute.id}/positions`, statement)).status,
    ).toBe(403)
    expect((await ask(here.room.stranger, 'GET', `/disputes/${dispute.id}`)).status).toBe(404)
    expect(
      (await ask(here.room.stranger, 'POST', `/disputes/${dispute.id}/positions`, statement)).status,
    ).toBe(404)
    expect((await here.api.ask(`/disputes/${dispute.id}`)).status).toBe(401)
    const thread = { question: 'Again?' }
    expect(
      (await ask(here.room.observer, 'POST', `/threads/${dispute.threadId}/dispute`, thread)).status,
    ).toBe(403)
  })

  it('is neither deleted nor resolved as a thread, since others have their part in it', async () => {
    const { threadId } = await open()
    expect((await ask(here.room.reader, 'DELETE', `/threads/${threadId}`)).status).toBe(409)
    const resolved = await ask(here.room.reader, 'POST', `/threads/${threadId}/status`, {
      status: 'resolved',
    })
    expect(resolved.status).toBe(409)
  })
})

describe('what a dispute is about', () => {
  it('is put otherwise by who may end it, with how it was put kept in the history', async () => {
    const dispute = await open()
    const path = `/disputes/${dispute.id}`
    const change = { question: 'Does any hedge mind?' }
    expect((await ask(here.room.observer, 'PATCH', path, change)).status).toBe(403)
    const now = disputeShape.parse((await ask(here.room.instructor, 'PATCH', path, change)).json)
    expect(now.question).toBe('Does any hedge mind?')
    expect(now.history.at(-1)).toMatchObject({
      kind: 'retitled',
      from: 'Does the hedge mind?',
      to: 'Does any hedge mind?',
      by: { name: 'Instructor' },
    })
    const thread = await here.api.services.threads.get(here.room.reader, dispute.threadId)
    expect(thread.dispute?.question).toBe('Does any hedge mind?')
    await ask(here.room.instructor, 'PATCH', path, change)
    expect((await read(dispute.id)).history).toHaveLength(now.history.length)
  })

  it('grows by passages of other documents, which show to those who may open them, and loses all but one', async () => {
    const other = await aDocument(here.api.services, here.room.admin, { title: 'Another' })
    const closed = await aDocument(here.api.services, here.room.admin, { visibility: 'group' })
    const dispute = await open(here.room.owner)
    const path = `/disputes/${dispute.id}/passages`
    const add = (documentId: string, as = here.room.owner) =>
      ask(as, 'POST', path, { passage: { documentId, exact: 'The wren does not mind.' } })
    expect((await add(closed.id)).status).toBe(404)
    expect((await add(other.id, here.room.reader)).status).toBe(403)
    const grown = disputeShape.parse((await add(other.id)).json)
    expect(grown.passages).toMatchObject([
      {},
      { document: { title: 'Another' }, place: { words: 'The wren does not mind.' } },
    ])
    expect(disputeShape.parse((await add(other.id)).json).passages).toHaveLength(2)
    const [first, second] = grown.passages.map(({ id }) => id)
    const alone = await ask(here.room.owner, 'DELETE', `${path}/${first}`)
    expect(disputeShape.parse(alone.json).passages.map(({ id }) => id)).toEqual([second])
    expect((await ask(here.room.owner, 'DELETE', `${path}/${second}`)).status).toBe(409)
    const kinds = (await read(dispute.id)).history.map(({ kind }) => kind)
    expect(kinds.slice(-2)).toEqual(['passage-added', 'passage-removed'])
    // Past the history, as passages of any other thread, they are not changed.
    const past = { passages: [{ start: 0, end: 5 }] }
    expect((await ask(here.room.owner, 'PATCH', `/threads/${dispute.threadId}`, past)).status).toBe(409)
  })
})

describe('positions', () => {
  it('are worded otherwise by who stated them or may end it; stances stay, and holders hear of it', async () => {
    const dispute = await open(here.room.instructor, { positions: [] })
    const path = `/disputes/${dispute.id}/positions`
    const stated = await ask(here.room.reader, 'POST', path, { statement: 'It minds.' })
    const position = positionOf(disputeShape.parse(stated.json), 1)
    await ask(here.room.owner, 'PUT', `/disputes/${dispute.id}/stance`, { positions: [{ id: position }] })
    const change = { statement: 'It minds a little.' }
    const stranger = await ask(here.room.stranger, 'PATCH', `${path}/${position}`, change)
    expect(stranger.status).toBe(404)
    const now = disputeShape.parse((await ask(here.room.reader, 'PATCH', `${path}/${position}`, change)).json)
    expect(now.positions).toMatchObject([{ statement: 'It minds a little.', holders: [{ share: 1 }] }])
    expect(now.history.at(-1)).toMatchObject({
      kind: 'position-reworded',
      from: 'It minds.',
      to: 'It minds a little.',
    })
    const { json } = await ask(here.room.owner, 'GET', '/me/dispute-news')
    const heard = json.items.map((each: { event: { kind: string } }) => each.event.kind)
    expect(heard).toContain('position-reworded')
    const ownersView = await read(dispute.id, here.room.owner)
    expect(ownersView.positions[0]?.mayChange).toBe(true)
    expect((await read(dispute.id, here.room.observer)).positions[0]?.mayChange).toBe(false)
  })

  it('once withdrawn are held on by who held them, and take no stance, no evidence and no outcome more', async () => {
    const dispute = await open(here.room.reader)
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const path = `/disputes/${dispute.id}`
    const hold = (as: Person, ...ids: string[]) =>
      ask(as, 'PUT', `${path}/stance`, { positions: ids.map((id) => ({ id })) })
    await hold(here.room.owner, a)
    const withdrawn = await ask(here.room.reader, 'PATCH', `${path}/positions/${a}`, { withdrawn: true })
    expect(disputeShape.parse(withdrawn.json).positions).toMatchObject([
      { withdrawn: true, holders: [{ person: { name: 'Owner' } }] },
      { withdrawn: false },
    ])
    expect((await hold(here.room.reader, a)).status).toBe(409)
    expect((await hold(here.room.owner, a, b)).status).toBe(200)
    const evidence = { positionId: a, side: 'for', citation: 'Hedges, 1999' }
    expect((await ask(here.room.reader, 'POST', `${path}/evidence`, evidence)).status).toBe(409)
    const settle = { status: 'settled', positionId: a, rationale: 'So.' }
    expect((await ask(here.room.reader, 'POST', `${path}/status`, settle)).status).toBe(409)
    // Of the two that are stated only one can be chosen.
    const contested = await ask(here.room.reader, 'POST', `${path}/status`, { status: 'contested' })
    expect(contested.status).toBe(422)
    await ask(here.room.reader, 'PATCH', `${path}/positions/${a}`, { withdrawn: false })
    expect((await hold(here.room.reader, a)).status).toBe(200)
  })

  it('stay as they are once the dispute has ended', async () => {
    const dispute = await open(here.room.reader)
    const path = `/disputes/${dispute.id}`
    const end = { status: 'set-aside', rationale: 'Enough.' }
    expect((await ask(here.room.reader, 'POST', `${path}/status`, end)).status).toBe(200)
    const position = `${path}/positions/${positionOf(dispute, 1)}`
    expect((await ask(here.room.reader, 'PATCH', position, { statement: 'Else.' })).status).toBe(409)
    expect((await ask(here.room.reader, 'PATCH', path, { question: 'Else?' })).status).toBe(409)
    expect((await read(dispute.id)).may.reshape).toBe(false)
  })

  it('show what their notes said before to whoever sees the dispute, and to nobody else', async () => {
    const [dispute, other] = [await open(), await open()]
    const path = `/disputes/${dispute.id}/positions`
    const own = `${path}/${positionOf(dispute, 1)}/versions`
    expect((await ask(here.room.observer, 'GET', own)).json.items).toEqual([])
    expect((await ask(here.room.stranger, 'GET', own)).status).toBe(404)
    expect((await ask(here.room.reader, 'GET', `${path}/${positionOf(other, 1)}/versions`)).status).toBe(404)
    // Nobody holds it.
    expect((await ask(here.room.reader, 'POST', `${own}/1/restore`)).status).toBe(403)
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
    expect((await ask(here.room.reader, 'PUT', path, split)).json.mine.positions).toEqual([
      { id: a, share: 0.75 },
      { id: b, share: 0.25 },
    ])
    await ask(here.room.owner, 'PUT', path, { positions: [{ id: a }] })
    const undecided = await ask(here.room.instructor, 'PUT', path, { positions: [] })
    const now = disputeShape.parse(undecided.json)
    expect(now.positions.map(({ holders }) => holders.map(({ share }) => share))).toEqual([[0.75, 1], [0.25]])
    expect(now.undecided.map(({ person }) => person.name)).toEqual(['Instructor'])
    // 2 · (1 - 0.875² - 0.125²)
    expect(now.dividedness).toBeCloseTo(0.4375)
    const twice = { positions: [{ id: a }, { id: a }] }
    expect((await ask(here.room.owner, 'PUT', path, twice)).status).toBe(422)
    const other = await open()
    expect(
      (await ask(here.room.owner, 'PUT', path, { positions: [{ id: positionOf(other, 1) }] })).status,
    ).toBe(422)
  })

  it('keeps each change with what was new since the last one', async () => {
    const dispute = await open()
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const { disputes } = here.api.services
    await disputes.takeStance(here.room.reader, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    const evidence = { positionId: b, side: 'for', citation: 'Hedges, 1999', note: '' } as const
    const brought = await disputes.addEvidence(here.room.owner, dispute.id, evidence)
    const added = brought.positions[1]?.evidence[0]?.id
    await disputes.takeStance(here.room.reader, dispute.id, {
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
    const { disputes, notes } = here.api.services
    const mayWrite = async (person: Person) => (await notes.access(person, a)).mayWrite
    expect(await mayWrite(here.room.owner)).toBe(false)
    const told: string[] = []
    const end = here.api.services.feed.subscribeThreads((threadId) => void told.push(threadId))
    await disputes.takeStance(here.room.owner, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    expect(await mayWrite(here.room.owner)).toBe(true)
    expect(await mayWrite(here.room.reader)).toBe(false)
    await disputes.takeStance(here.room.owner, dispute.id, { positions: [], reason: '' })
    expect(await mayWrite(here.room.owner)).toBe(false)
    expect(told).toEqual([dispute.threadId, dispute.threadId])
    end()
    await expect(notes.access(here.room.stranger, a)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are hidden while a layer is blind, in the dispute, the register, the map and every export', async () => {
    const { layers, disputes } = here.api.services
    const blind = await layers.add(here.room.instructor, here.room.group.id, {
      name: 'Blind',
      read: 'members',
      write: 'members',
      blind: { untilRevealed: true },
    })
    const dispute = await open(here.room.instructor, { layerId: blind.id, question: 'Who is covered?' })
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const reason = 'BASILISK'
    await disputes.takeStance(here.room.owner, dispute.id, { positions: [{ id: a, weight: 1 }], reason })
    const classmate = await aPerson(here.api.services, { name: 'Classmate' })
    const { email } = classmate
    await here.api.services.groups.addMember(here.room.owner, here.room.group.id, { email, role: 'reader' })
    const covered = await asNow(here.api.services, classmate)
    await disputes.takeStance(covered, dispute.id, { positions: [{ id: b, weight: 1 }], reason })
    const sees = async () => {
      const [shown, row] = await Promise.all([
        disputes.get(here.room.reader, dispute.id),
        disputes.list(here.room.reader, { sort: 'age', limit: 200 }),
      ])
      const files = await Promise.all(
        (['md', 'csv', 'argdown', 'jsonld'] as const).map((format) =>
          disputes.export(here.room.reader, dispute.id, format),
        ),
      )
      const summary = row.items.find(({ id }) => id === dispute.id)
      const { items } = await disputes.map(here.room.reader, here.document.id)
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
    expect((await disputes.list(here.room.reader, held)).items).toEqual([])
    expect((await disputes.list(covered, held)).items).toHaveLength(1)
    await layers.reveal(here.room.instructor, blind.id)
    const after = await sees()
    expect(after.shown).toMatchObject({ stancesHidden: false, dividedness: 1 })
    expect(after.all).toContain('Classmate')
  })

  it('keeps the stance and the history of somebody who left, and takes their pen', async () => {
    const dispute = await open(here.room.instructor)
    const a = positionOf(dispute, 1)
    const leaver = here.room.reader
    await here.api.services.disputes.takeStance(leaver, dispute.id, {
      positions: [{ id: a, weight: 1 }],
      reason: '',
    })
    await here.api.services.groups.removeMember(here.room.owner, here.room.group.id, leaver.userId)
    const now = await read(dispute.id, here.room.owner)
    expect(now.positions[0]?.holders).toMatchObject([{ person: { name: 'Reader' }, left: true }])
    const gone = await asNow(here.api.services, leaver)
    await expect(here.api.services.notes.access(gone, a)).rejects.toMatchObject({ code: 'not-found' })
    const { email } = leaver
    await here.api.services.groups.addMember(here.room.owner, here.room.group.id, { email, role: 'reader' })
    here.room = { ...here.room, reader: await asNow(here.api.services, leaver) }
  })
})

describe('the status', () => {
  const settle = { status: 'settled', outcome: 'It does not.', rationale: 'The text says so.' }

  it('lets one of two people settle who do so at once, and tells the other that it has changed', async () => {
    const dispute = await open()
    const { headers } = await ask(here.room.owner, 'GET', `/disputes/${dispute.id}`)
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' }
    const answers = await Promise.all(
      [here.room.owner, here.room.instructor].map((person) =>
        ask(person, 'POST', `/disputes/${dispute.id}/status`, settle, ifMatch),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const { history } = await read(dispute.id)
    expect(history.filter(({ kind }) => kind === 'status')).toHaveLength(1)
  })

  it('is settled, reopened by others only with new evidence, and tells the margin', async () => {
    const dispute = await open(here.room.instructor)
    const path = `/disputes/${dispute.id}/status`
    expect((await ask(here.room.reader, 'POST', path, settle)).status).toBe(403)
    expect(
      (await ask(here.room.instructor, 'POST', path, { status: 'settled', rationale: 'So.' })).status,
    ).toBe(422)
    const followed = { status: 'settled', positionId: positionOf(dispute, 2), rationale: 'So.' }
    const settled = disputeShape.parse((await ask(here.room.instructor, 'POST', path, followed)).json)
    expect(settled.outcome).toMatchObject({ text: 'It does not.', positionId: positionOf(dispute, 2) })
    expect((await here.api.services.threads.get(here.room.reader, dispute.threadId)).status).toBe('resolved')
    const statement = { statement: 'A third.' }
    expect((await ask(here.room.reader, 'POST', `/disputes/${dispute.id}/positions`, statement)).status).toBe(
      409,
    )
    const reopen = { status: 'open', rationale: 'There is more.' }
    expect((await ask(here.room.reader, 'POST', path, reopen)).status).toBe(403)
    const evidence = { positionId: positionOf(dispute, 1), side: 'for', citation: 'Hedges, 1999' }
    await ask(here.room.reader, 'POST', `/disputes/${dispute.id}/evidence`, evidence)
    expect((await ask(here.room.reader, 'POST', path, reopen)).status).toBe(200)
    expect(await read(dispute.id)).toMatchObject({ status: 'open', outcome: null })
    expect((await here.api.services.threads.get(here.room.reader, dispute.threadId)).status).toBe('open')
  })

  it('leaves a history that not even the database lets anybody change', async () => {
    const { id } = await open()
    const rewrite = here.api.database.db.disputeEvent.updateMany({
      where: { disputeId: id },
      data: { number: 99 },
    })
    await expect(rewrite).rejects.toThrow('never changed')
  })
})
