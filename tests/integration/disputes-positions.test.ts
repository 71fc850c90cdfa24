/** Raising disputes, what they are about, and the positions in them. */
import { describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { dispute as disputeShape } from '#domain/wire/dispute.ts'
import { threadWithReplies } from '#domain/wire/thread.ts'
import { positionOf } from '#tests/factories/dispute.ts'
import { aDisputeRoom } from '#tests/factories/dispute-room.ts'
import { aDocument } from '#tests/factories/document.ts'
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

  it('say which words their holders took up, until the stance is taken again', async () => {
    const dispute = await open(here.room.reader, { positions: ['It minds.'] })
    const path = `/disputes/${dispute.id}`
    const stance = { positions: [{ id: positionOf(dispute, 1) }] }
    const reword = (statement: string) =>
      ask(here.room.reader, 'PATCH', `${path}/positions/${positionOf(dispute, 1)}`, { statement })
    const words = async () => {
      const { mine, positions } = await read(dispute.id, here.room.owner)
      return [mine?.positions[0]?.takenAs, positions[0]?.holders[0]?.takenAs]
    }
    await ask(here.room.owner, 'PUT', `${path}/stance`, stance)
    expect(await words()).toEqual([null, null])
    await reword('It does not.')
    await reword('It never does.')
    expect(await words()).toEqual(['It minds.', 'It minds.'])
    const { text } = await ask(here.room.reader, 'GET', `${path}/export?format=md`)
    expect(text).toContain('Held by Owner, as “It minds.”')
    // Nothing of it is changed but the words that it is about.
    await ask(here.room.owner, 'PUT', `${path}/stance`, stance)
    expect(await words()).toEqual([null, null])
    expect((await read(dispute.id)).history.filter(({ kind }) => kind === 'stance')).toHaveLength(2)
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
