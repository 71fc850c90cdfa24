import { beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import {
  checkedQuotations,
  type Parallel,
  parallelInContext,
  parallelList,
  parallelMarks,
} from '#domain/wire/parallel.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { asNow } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

const source = `The congress met in the old hall near the river, and it sat until dawn.

The workers of the northern mills were not consulted before the eleven delegates left for the capital in great haste.

Nobody wrote down what the porter said when they had gone.
`
const quoting = `A pamphlet on the matter appeared within the year.

It claims that “the workers of the northern mills were consulted before the twelve delegates left for the capital”, and says no more.

Its author is unknown to this day.
`
const secret = `Notes of the committee, not for strangers.

The workers of the northern mills were not consulted before the eleven delegates left for the capital in great haste.
`

let api: TestApi
let room: ReadingRoom
let original: Document
let pamphlet: Document

const listOf = async (documentId: string, as?: ReadingRoom['reader'], query = ''): Promise<Parallel[]> =>
  parallelList.parse((await api.ask(`/documents/${documentId}/parallels${query}`, { as })).json).items

beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  original = await aDocument(api.services, room.admin, { text: source, title: 'Minutes' })
  pamphlet = await aDocument(api.services, room.admin, { text: quoting, title: 'Pamphlet' })
  await aDocument(api.services, room.admin, { text: secret, title: 'Secret', visibility: 'group' })
  await api.services.parallels.update()
})

describe('parallels', () => {
  it('are found after an import, with what differs and a negation before a number before the rest', async () => {
    const [found] = await listOf(pamphlet.id, room.reader)
    expect(found?.there).toMatchObject({ documentId: original.id, document: { title: 'Minutes' } })
    expect(found?.differences.map(({ kind, here, there }) => [kind, here.words, there.words])).toEqual([
      ['negation', '', 'not'],
      ['number', 'twelve', 'eleven'],
      ['ends', '', 'in great haste'],
    ])
  })

  it('are seen from the other side as well', async () => {
    const found = (await listOf(original.id, room.reader)).find(
      ({ there }) => there.documentId === pamphlet.id,
    )
    expect(found?.here.exact).toContain('were not consulted before the eleven')
    expect(found?.differences[0]).toMatchObject({
      kind: 'negation',
      here: { words: 'not' },
      there: { words: '' },
    })
  })

  it('show only to those who may read both documents', async () => {
    const titles = async (as?: ReadingRoom['reader']) =>
      (await listOf(original.id, as)).map(({ there }) => there.document.title).sort()
    expect(await titles(room.reader)).toEqual(['Pamphlet'])
    expect(await titles()).toEqual(['Pamphlet'])
    expect(await titles(room.admin)).toEqual(['Pamphlet', 'Secret'])
    const hidden = (await listOf(original.id, room.admin)).find(
      ({ there }) => there.document.title === 'Secret',
    )
    expect((await api.ask(`/parallels/${hidden?.id}`, { as: room.reader })).status).toBe(404)
    expect((await api.ask(`/parallels/${hidden?.id}`)).status).toBe(401)
  })

  it('are marked where the list has them, for those who may read both documents, without their words', async () => {
    const marksOf = async (as?: ReadingRoom['reader'], query = '') =>
      parallelMarks.parse((await api.ask(`/documents/${original.id}/parallels/marks${query}`, { as })).json)
    for (const as of [room.reader, room.admin]) {
      const listed = await listOf(original.id, as)
      const { marks, documents } = await marksOf(as)
      expect(marks).toEqual(
        listed.map(({ id, here, there }) => ({ id, start: here.start, documentId: there.documentId })),
      )
      expect(documents.map(({ title }) => title).sort()).toEqual(
        [...new Set(listed.map(({ there }) => there.document.title))].sort(),
      )
    }
    expect((await marksOf(room.reader, '?start=0&end=10')).marks).toEqual([])
    expect(JSON.stringify(await marksOf(room.admin))).not.toContain('northern mills')
  })

  it('come with the text around both passages', async () => {
    const [found] = await listOf(pamphlet.id, room.reader)
    const answer = await api.ask(`/parallels/${found?.id}?document=${pamphlet.id}`, { as: room.reader })
    const { context, here } = parallelInContext.parse(answer.json)
    const at = here.start - context.here.start
    expect(context.here.text.slice(at, at + here.exact.length)).toBe(here.exact)
    expect(context.there.text).toContain('what the porter said')
  })

  it('keep their id and what was said of them when a new edition moves them', async () => {
    const [before] = await listOf(pamphlet.id, room.admin)
    const { edition } = await api.services.editions.preview(room.admin, pamphlet.id, {
      bytes: new TextEncoder().encode(`A new preface of some length was added here.\n\n${quoting}`),
      format: 'txt',
    })
    await api.services.editions.publish(room.admin, pamphlet.id, edition.number)
    expect(await listOf(pamphlet.id, room.admin)).toEqual([])
    await api.services.parallels.update()
    const [after] = await listOf(pamphlet.id, room.admin)
    expect(after?.id).toBe(before?.id)
    expect(after?.here.start).toBeGreaterThan(before?.here.start ?? 0)
    expect(await api.database.db.fingerprint.count({ where: { edition: { notIn: await indexed() } } })).toBe(
      0,
    )
  })

  it('are dismissed with a reason by a member or steward, not by a stranger, and never shown again', async () => {
    await api.services.groups.change(
      await asNow(api.services, room.owner),
      room.group.id,
      { readings: [original.id] },
      null,
    )
    const [found] = await listOf(pamphlet.id, room.reader)
    const dismiss = (as: ReadingRoom['reader']) =>
      api.ask(`/parallels/${found?.id}`, {
        method: 'PATCH',
        as,
        json: { dismissed: true, reason: 'A set phrase.' },
      })
    expect((await dismiss(room.stranger)).status).toBe(403)
    const answer = await dismiss(room.reader)
    expect(answer.json.dismissed).toMatchObject({ by: { name: 'Reader' }, reason: 'A set phrase.' })
    expect(await listOf(pamphlet.id, room.reader)).toEqual([])
    await api.services.parallels.update({ again: true })
    expect(await listOf(pamphlet.id, room.reader)).toEqual([])
    expect(await listOf(pamphlet.id, room.reader, '?dismissed=true')).toHaveLength(1)
  })

  it('are looked for in the quotations of a note, which name their source and what differs', async () => {
    const layerId = layerOf(room.group, 'discussion').id
    const thread = await aThread(api.services, room.reader, {
      documentId: original.id,
      layerId,
      passages: [{ exact: 'the porter' }],
      note: 'He has “the workers of the southern mills were not consulted” and “quite other words than all of these here”.',
    })
    const answer = await api.ask(`/threads/${thread.id}/quotations`, { as: room.reader })
    const [misquoted, unknown] = checkedQuotations.parse(answer.json).items
    expect(misquoted?.source).toMatchObject({ documentId: original.id })
    expect(misquoted?.differences.map(({ here, there }) => [here.words, there.words])).toEqual([
      ['southern', 'northern'],
    ])
    expect(unknown?.source).toBeNull()
    expect((await api.ask(`/threads/${thread.id}/quotations`, { as: room.stranger })).status).toBe(404)
  })
})

it('within one text are listed from both sides, in pages that end', async () => {
  const said = 'whatever the porter may have told them, nobody wrote a single word of it down that night'
  const text = `First: ${said}.\n\nA plain remark stood between.\n\nOnce more: ${said}.`
  const { id } = await aDocument(api.services, room.admin, { text, title: 'Twice' })
  await api.services.parallels.update()
  const starts: number[] = []
  let query = '?limit=1'
  for (let page = 0; query !== ''; page++) {
    expect(page).toBeLessThan(2)
    const { items, next } = parallelList.parse(
      (await api.ask(`/documents/${id}/parallels${query}`, { as: room.reader })).json,
    )
    starts.push(...items.map(({ here }) => here.start))
    query = next === null ? '' : `?limit=1&cursor=${encodeURIComponent(next)}`
  }
  expect(starts).toEqual([text.indexOf(said), text.lastIndexOf(said) - 2])
})

it('are shown to nobody once one of their documents is withdrawn, which then leaves the index', async () => {
  const { db } = api.database
  const titles = async () => (await listOf(original.id, room.admin)).map(({ there }) => there.document.title)
  const leaflet = await aDocument(api.services, room.admin, {
    text: 'They say: “Nobody wrote down what the porter said when they had gone.”\n',
    title: 'Leaflet',
  })
  await api.services.parallels.update()
  expect(await titles()).toContain('Leaflet')
  await api.services.documents.withdraw(room.admin, leaflet.id, null)
  expect(await titles()).not.toContain('Leaflet')
  await api.services.parallels.update()
  expect(await db.indexedEdition.count({ where: { editionId: leaflet.edition.id } })).toBe(0)
})

it('are found in texts that are read on a thread of their own, since they are long', async () => {
  const filler = Array.from({ length: 6_000 }, (_, i) => `w${i * 7_919}x${i % 13}`).join(' ')
  const long = await aDocument(api.services, room.admin, {
    text: `${filler}\n\nNobody wrote down what the porter said when they had gone, or so it is told.\n`,
    title: 'Long',
  })
  await api.services.parallels.update()
  expect((await listOf(long.id, room.admin)).map(({ there }) => there.document.title)).toEqual(['Minutes'])
})

const indexed = async () =>
  (await api.database.db.indexedEdition.findMany({ select: { number: true } })).map(({ number }) => number)
