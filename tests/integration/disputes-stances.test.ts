/** Who holds which position of a dispute, and how disputes end. */
import { describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { dispute as disputeShape } from '#domain/wire/dispute.ts'
import { positionOf } from '#tests/factories/dispute.ts'
import { aDisputeRoom } from '#tests/factories/dispute-room.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'

const here = aDisputeRoom()
const { ask, open, read } = here

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
    expect((await ask(here.room.reader, 'PUT', path, split)).json.mine.positions).toMatchObject([
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
    const mayWrite = async (person: Person) => (await notes.access(person, a)).whyNot === null
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
