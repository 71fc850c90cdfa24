import { beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import { anchorList, comparison, editionRepair, editionReport } from '#domain/wire/edition.ts'
import { listOf } from '#domain/wire/shared.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

const first = 'Whoever walks slowly sees the hedge.\n\nThe hedge of 1848 does not mind at all.\n'
const second = 'Whoever walks slowly sees the hedge.\n\nThe hedge of 1849 does not mind at all.\n'

let api: TestApi
let room: ReadingRoom
let text: Document

beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  text = await aDocument(api.services, room.admin, { text: first })
  const layerId = layerOf(room.group, 'discussion').id
  const passages = [{ exact: 'The hedge of 1848' }]
  await aThread(api.services, room.reader, { documentId: text.id, layerId, passages })
})

describe('editions over HTTP', () => {
  it('come in as a file, are published, worked through and compared', async () => {
    const base = `/documents/${text.id}/editions`
    const form = new FormData()
    form.set('file', new File([second], 'Hëcken.txt', { type: 'text/plain' }))
    expect(
      (await api.ask(base, { method: 'POST', as: room.reader, json: { format: 'txt', content: 'x' } }))
        .status,
    ).toBe(403)
    expect((await api.ask(base, { method: 'POST', json: { format: 'txt', content: 'x' } })).status).toBe(401)
    const made = await api.ask(base, { method: 'POST', as: room.admin, body: form })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/v1${base}/2`)
    expect(editionReport.parse(made.json).edition.fileName).toBe('Hëcken.txt')
    expect((await api.ask(`${base}/2`, { as: room.reader })).status).toBe(404)
    expect((await api.ask(`/documents/${text.id}/text?edition=2`, { as: room.reader })).status).toBe(404)

    const published = await api.ask(`${base}/2/publish`, { method: 'POST', as: room.admin })
    expect(published.json.edition.number).toBe(2)
    expect(published.headers.get('etag')).toBe('"2"')
    const original = await api.ask(`${base}/2/original`, { as: room.reader })
    expect(original.text).toBe(second)
    expect(original.headers.get('content-type')).toContain('text/plain')
    expect(original.headers.get('content-disposition')).toBe(
      `attachment; filename="H_cken.txt"; filename*=UTF-8''H%C3%ABcken.txt`,
    )

    const queue = anchorList.parse(
      (await api.ask(`${base}/2/anchors?state=changed`, { as: room.reader })).json,
    )
    const [row] = queue.items
    expect(row?.differences).toEqual([
      { kind: 'same', text: 'The hedge of ' },
      { kind: 'removed', text: '1848' },
      { kind: 'added', text: '1849' },
    ])
    const decide = (json: unknown, etag?: string) =>
      api.ask(`/anchors/${row?.id}`, {
        method: 'PATCH',
        as: room.reader,
        json,
        headers: etag ? { 'If-Match': etag } : {},
      })
    expect((await decide({ accept: false })).status).toBe(422)
    const accepted = await decide({ accept: true }, `"${row?.version}"`)
    expect(accepted.json).toMatchObject({ state: 'changed', confidence: 1, decidedBy: { name: 'Reader' } })
    expect((await decide({ state: 'orphaned' }, `"${row?.version}"`)).status).toBe(412)

    const read = (as?: ReadingRoom['reader']) => api.ask(`/anchors/${row?.id}`, { as })
    expect((await read(room.reader)).json).toEqual(accepted.json)
    expect((await read(room.reader)).headers.get('etag')).toBe(`"${accepted.json.version}"`)
    expect((await read(room.stranger)).status).toBe(404)
    expect((await read()).status).toBe(401)

    const mine = async (as?: ReadingRoom['reader']) => {
      const { status, json } = await api.ask(`${base}/2/anchors?mine=true`, { as })
      return status === 200 ? anchorList.parse(json).items.map(({ id }) => id) : status
    }
    expect(await mine(room.reader)).toEqual([row?.id])
    expect(await mine(room.instructor)).toEqual([])
    expect(await mine()).toBe(401)
    const counted = await api.ask(`${base}/2?mine=true`, { as: room.instructor })
    expect(editionReport.parse(counted.json).anchors.changed).toBe(0)

    const compared = comparison.parse(
      (await api.ask(`${base}/2/comparison?with=1`, { as: room.reader })).json,
    )
    const changed = compared.rows.find(({ added }) => added.length > 0)
    const words = (canonical: string, ranges: readonly { start: number; end: number }[] = []) =>
      ranges.map(({ start, end }) => canonical.slice(start, end))
    expect(
      words((await api.ask(`/documents/${text.id}/text`, { as: room.reader })).text, changed?.added),
    ).toEqual(['1849'])
    expect(
      words(
        (await api.ask(`/documents/${text.id}/text?edition=1`, { as: room.reader })).text,
        changed?.removed,
      ),
    ).toEqual(['1848'])
  })
  it('tell where the import repaired them, and are made again without one of the repairs', async () => {
    const lines = [
      'Whoever means to or-',
      'ganize a library must know that a well-',
      'known book stands where it is looked for.',
    ]
    const { id } = await aDocument(api.services, room.admin, {
      text: lines.join('\n'),
      visibility: 'group',
    })
    const base = `/documents/${id}/editions`
    const repairs = await api.ask(`${base}/1/repairs`, { as: room.admin })
    const words = listOf(editionRepair)
      .parse(repairs.json)
      .items.find(({ kind }) => kind === 'words')
    expect(words).toMatchObject({
      on: true,
      places: [{ was: 'or-\nganize', words: 'organize', paragraph: 1 }],
    })
    expect((await api.ask(`${base}/1/repairs`, { as: room.stranger })).status).toBe(404)

    const again = { method: 'POST', json: { repairs: ['lines', 'paragraphs'] } }
    expect((await api.ask(`${base}/1/repeat`, { ...again, as: room.admin })).status).toBe(201)
    const text = await api.ask(`/documents/${id}/text?edition=2`, { as: room.admin })
    expect(text.text).toContain('or-')
  })
  it('of a document whose title is of another script come in under its slug', async () => {
    const { slug } = await aDocument(api.services, room.admin, { text: first, title: 'رسالة' })
    const base = `/documents/${encodeURIComponent(slug)}/editions`
    const made = await api.ask(base, {
      method: 'POST',
      as: room.admin,
      json: { format: 'txt', content: second },
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/v1${base}/2`)
  })
})
