/** What speaks for and against positions. */
import { describe, expect, it } from 'vitest'
import { citePassage } from '#domain/disputes/describe-dispute.ts'
import { dispute as disputeShape } from '#domain/wire/dispute.ts'
import { positionOf } from '#tests/factories/dispute.ts'
import { aDisputeRoom } from '#tests/factories/dispute-room.ts'
import { aDocument, sampleText } from '#tests/factories/document.ts'
import { anEdition } from '#tests/factories/edition.ts'
import { asNow } from '#tests/factories/person.ts'
import { aThread } from '#tests/factories/thread.ts'

const here = aDisputeRoom()
const { ask, open, read } = here

/** A document that only the owner, the instructor and the group of their own may open. */
async function aClosedDocument(text = sampleText) {
  return aDocument(here.api.services, here.room.admin, { text, visibility: 'group' })
}

describe('evidence', () => {
  it('is a passage, a thread or a citation, can be moved, and is answered', async () => {
    const dispute = await open()
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    const path = `/disputes/${dispute.id}/evidence`
    const thread = await aThread(here.api.services, here.room.owner, {
      documentId: here.document.id,
      layerId: here.layerId,
      note: 'See here.',
    })
    const passage = { exact: 'a timetable has never seen a wren' }
    await ask(here.room.owner, 'POST', path, { positionId: a, side: 'for', passage, note: 'Read this.' })
    await ask(here.room.owner, 'POST', path, { positionId: a, side: 'against', threadId: thread.id })
    const third = await ask(here.room.owner, 'POST', path, {
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
    expect((await ask(here.room.reader, 'PATCH', `${path}/${first?.id}`, move)).status).toBe(200)
    expect((await ask(here.room.observer, 'PATCH', `${path}/${first?.id}`, move)).status).toBe(403)
    const answer = { body: 'I doubt it.', evidenceId: first?.id }
    expect(
      (await ask(here.room.instructor, 'POST', `/threads/${dispute.threadId}/replies`, answer)).status,
    ).toBe(201)
    const now = await read(dispute.id)
    expect(now.positions[1]?.evidence).toMatchObject([
      { side: 'against', replies: [{ text: 'I doubt it.' }] },
    ])
    expect(now.replies).toEqual([])
    const none = { positionId: a, side: 'for' }
    expect((await ask(here.room.owner, 'POST', path, none)).status).toBe(422)
    expect((await ask(here.room.owner, 'POST', path, { ...none, citation: 'X', passage })).status).toBe(422)
    const removed = await ask(here.room.owner, 'DELETE', `${path}/${first?.id}`)
    expect(disputeShape.parse(removed.json).positions[1]?.evidence).toEqual([])
  })

  it('is a parallel with what differs, kept as it was brought, and seen by those who may open both texts', async () => {
    const { services } = here.api
    const bring = (text: string, visibility: 'public' | 'group') =>
      aDocument(services, here.room.admin, { text, visibility })
    const minutes = await bring(
      'Minutes\n\nThe workers of the northern mills were not consulted before the eleven delegates left for the capital.\n',
      'public',
    )
    const pamphlet = await bring(
      'Pamphlet\n\nIt says that the workers of the northern mills were consulted before the twelve delegates left for the capital, and no more.\n',
      'public',
    )
    await services.parallels.update()
    const { items } = await services.parallels.list(here.room.reader, pamphlet.id, { limit: 50 })
    const find = items.find(({ there }) => there.documentId === minutes.id)
    if (!find) throw new Error('the parallel was not found')
    const dispute = await open(here.room.reader, {
      documentId: pamphlet.id,
      passages: [{ exact: 'were consulted' }],
    })
    const evidence = { positionId: positionOf(dispute, 1), side: 'against', parallelId: find.id }
    const answer = await ask(here.room.reader, 'POST', `/disputes/${dispute.id}/evidence`, evidence)
    expect(answer.status, answer.text).toBe(200)
    const [brought] = disputeShape.parse(answer.json).positions[0]?.evidence ?? []
    if (!brought || 'hidden' in brought || brought.source.kind !== 'parallel')
      throw new Error('it is no parallel')
    const { source } = brought
    expect(source.here.document.id).toBe(pamphlet.id)
    expect(source.differences[0]).toMatchObject({ kind: 'negation', there: { words: 'not' } })
    // Counted from the first sign of each passage.
    for (const { there } of source.differences) {
      if (there.words !== '') expect(source.there.exact.slice(there.start, there.end)).toBe(there.words)
    }
    expect((await ask(here.room.reader, 'GET', `/disputes/${dispute.id}/export?format=md`)).text).toContain(
      '- Denied on one side: nothing │ “not”',
    )
    const next = 'Pamphlet\n\nIt says nothing of the kind.\n'
    const { edition } = await anEdition(services, here.room.admin, pamphlet.id, next)
    await services.editions.publish(here.room.admin, pamphlet.id, edition.number)
    await services.documents.change(here.room.admin, minutes.id, { visibility: 'group' }, null)
    expect((await read(dispute.id)).positions[0]?.evidence).toEqual([{ id: brought.id, hidden: true }])
    await services.documents.change(here.room.admin, minutes.id, { visibility: 'public' }, null)
    expect((await read(dispute.id)).positions[0]?.evidence).toMatchObject([
      { source: { here: { exact: source.here.exact, anchor: { state: 'orphaned' } }, there: { place: {} } } },
    ])
    expect((await ask(here.room.stranger, 'GET', `/disputes/${dispute.id}`)).status).toBe(404)
  })

  it('is no passage of the thread: the margin and its list know only what is disputed', async () => {
    const dispute = await open()
    const passage = { exact: 'sees the wren in it' }
    const evidence = { positionId: positionOf(dispute, 1), side: 'for', passage, note: '' } as const
    await here.api.services.disputes.addEvidence(here.room.reader, dispute.id, evidence)
    const { passages } = await here.api.services.threads.get(here.room.reader, dispute.threadId)
    expect(passages).toMatchObject([{ exact: 'The hedge does not mind.' }])
  })

  it('shows from what one may not open that it is there, and not a word, its side, its replies or who brought it', async () => {
    const closed = await aClosedDocument('A sealed letter\n\nThe seal says BASILISK and nothing else.\n')
    const dispute = await open(here.room.owner)
    const admin = here.room.admin
    await here.api.services.groups.addMember(here.room.owner, here.room.group.id, {
      email: admin.email,
      role: 'instructor',
    })
    const opener = await asNow(here.api.services, admin)
    const brought = await here.api.services.disputes.addEvidence(opener, dispute.id, {
      positionId: positionOf(dispute, 1),
      side: 'against',
      passage: { documentId: closed.id, exact: 'The seal says BASILISK' },
      note: 'BASILISK, mark it.',
    })
    const evidenceId = brought.positions[0]?.evidence[0]?.id ?? ''
    const { disputes, replies } = here.api.services
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
        async (format) => (await disputes.export(here.room.reader, dispute.id, format)).content,
      ),
    )
    const thread = await ask(here.room.reader, 'GET', `/threads/${dispute.threadId}`)
    for (const text of [...files, thread.text, JSON.stringify(shown)]) expect(text).not.toContain('BASILISK')
    const answer = { body: 'What is it?', evidenceId }
    expect((await ask(here.room.reader, 'POST', `/threads/${dispute.threadId}/replies`, answer)).status).toBe(
      422,
    )
    expect(JSON.stringify(await disputes.get(opener, dispute.id))).toContain('BASILISK again.')
    await here.api.services.groups.removeMember(here.room.owner, here.room.group.id, admin.userId)
  })

  it('keeps the words as they were quoted when an edition changes, moves or loses them, or is withdrawn', async () => {
    const source = `${sampleText}\nWhoever owns a hedge pays for the shears twice a year.\n\nThe last line is about owls and their long patience.\n`
    const text = await aDocument(here.api.services, here.room.admin, { text: source })
    const dispute = await open()
    const quotes = [
      'sees the wren in it',
      'pays for the shears twice a year',
      'The last line is about owls and their long patience.',
    ]
    for (const exact of quotes) {
      await here.api.services.disputes.addEvidence(here.room.reader, dispute.id, {
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
    const { edition } = await anEdition(here.api.services, here.room.admin, text.id, next)
    await here.api.services.editions.publish(here.room.admin, text.id, edition.number)
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
    // What reads otherwise now is cited from where it was quoted.
    const citations = (await passagesOf())?.map((each) => each && citePassage(each))
    expect(citations?.map((cited) => /edition \d/.exec(cited ?? '')?.[0])).toEqual([
      'edition 2',
      'edition 1',
      'edition 1',
    ])
    await here.api.services.documents.withdraw(here.room.admin, text.id, null)
    expect(await passagesOf()).toMatchObject(
      quotes.map((exact) => ({ exact, document: { withdrawn: true }, place: null })),
    )
  })
})
