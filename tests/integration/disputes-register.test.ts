/** All disputes that somebody may see: the register, the map, what is new in them, and what goes out. */
import { describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { type Dispute, disputeSummary } from '#domain/wire/dispute.ts'
import { positionOf } from '#tests/factories/dispute.ts'
import { aDisputeRoom } from '#tests/factories/dispute-room.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'

const here = aDisputeRoom()
const { ask, open, read } = here

describe('the register', () => {
  it('lists what one may see, filtered and sorted, page by page', async () => {
    const own = layerOf(here.room.group, 'commentary').id
    const made: Dispute[] = []
    for (const [index, tag] of ['weir', 'weir', 'owl'].entries()) {
      const question = `Question ${index}?`
      made.push(await open(here.room.instructor, { layerId: own, question, tags: [tag] }))
    }
    const [first, second, third] = made.map(({ id }) => id)
    const divided = made[1]
    if (!divided) throw new Error('none was made')
    for (const [person, number] of [
      [here.room.owner, 1],
      [here.room.instructor, 2],
    ] as const) {
      const positions = [{ id: positionOf(divided, number), weight: 1 }]
      await here.api.services.disputes.takeStance(person, divided.id, { positions, reason: '' })
    }
    const list = async (query: string, as = here.room.reader) => {
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
    expect((await list(`person=${here.room.owner.userId}&tag=weir`)).ids).toEqual([second])
    const people = async (as: Person) =>
      (await ask(as, 'GET', '/disputes/people')).json.items.map(({ name }: { name: string }) => name)
    expect(await people(here.room.reader)).toEqual(['Instructor', 'Owner'])
    expect(await people(here.room.stranger)).toEqual([])
    expect((await list(`document=${here.document.id}&group=${here.room.group.id}&tag=owl`)).ids).toEqual([
      third,
    ])
    expect((await list('from=2999-01-01')).items).toEqual([])
    expect((await list('status=settled&tag=owl')).ids).toEqual([])
    const page = await list('tag=weir&sort=dividedness&limit=1')
    expect(page.ids).toEqual([second])
    expect((await list(`tag=weir&sort=dividedness&limit=1&cursor=${page.next}`)).ids).toEqual([first])
    expect((await list('', here.room.stranger)).items).toEqual([])
    expect((await ask(here.room.stranger, 'GET', `/disputes?group=${here.room.group.id}`)).status).toBe(404)
    expect((await ask(here.room.reader, 'GET', `/disputes?sort=age&cursor=${page.next}`)).status).toBe(422)
  })

  it('maps the disputes of a document along its text', async () => {
    const text = await aDocument(here.api.services, here.room.admin)
    const dispute = await open(here.room.reader, { documentId: text.id })
    const positions = [{ id: positionOf(dispute, 1), weight: 1 }]
    await here.api.services.disputes.takeStance(here.room.reader, dispute.id, { positions, reason: '' })
    const { json } = await ask(here.room.reader, 'GET', `/documents/${text.slug}/disputes`)
    const [passage] = dispute.passages
    if (!passage || 'hidden' in passage) throw new Error('the passage is not shown')
    const { start, end } = passage
    expect(json.items).toMatchObject([
      { id: dispute.id, start, end, dividedness: 0, weeks: [{ dividedness: 0 }] },
    ])
    expect((await ask(here.room.stranger, 'GET', `/documents/${text.slug}/disputes`)).json.items).toEqual([])
  })
})

describe('following', () => {
  it('tells of new evidence, an outcome and a reopening, until they were seen', async () => {
    const dispute = await open(here.room.owner)
    const path = `/disputes/${dispute.id}`
    const news = async (as: Person) =>
      (await ask(as, 'GET', '/me/dispute-news')).json.items
        .filter((each: { dispute: { id: string } }) => each.dispute.id === dispute.id)
        .map((each: { event: { kind: string } }) => each.event.kind)
    expect((await ask(here.room.observer, 'PUT', `${path}/follow`)).json.following).toBe(true)
    await ask(here.room.reader, 'POST', `${path}/evidence`, {
      positionId: positionOf(dispute, 1),
      side: 'for',
      citation: 'Hedges, 1999',
    })
    await ask(here.room.reader, 'PUT', `${path}/stance`, { positions: [] })
    const rationale = 'Enough.'
    await ask(here.room.owner, 'POST', `${path}/status`, { status: 'set-aside', rationale })
    await ask(here.room.owner, 'POST', `${path}/status`, { status: 'open', rationale })
    expect(await news(here.room.observer)).toEqual(['status', 'status', 'evidence'])
    // Who did it is not told of it; who takes part follows without asking.
    const { json: counted } = await ask(here.room.observer, 'GET', '/me/dispute-news/count')
    expect(counted).toEqual({ count: 3 })
    expect(await news(here.room.owner)).toEqual(['evidence'])
    expect(await news(here.room.reader)).toEqual(['status', 'status'])
    const { history } = await read(dispute.id)
    const seen = { number: history.length }
    expect((await ask(here.room.observer, 'POST', `${path}/seen`, seen)).status).toBe(204)
    expect(await news(here.room.observer)).toEqual([])
    await ask(here.room.owner, 'DELETE', `${path}/follow`)
    expect((await ask(here.room.owner, 'GET', `/disputes?following=true&limit=200`)).text).not.toContain(
      dispute.id,
    )
  })
})

describe('what goes out', () => {
  it('is Markdown, CSV, Argdown and Web Annotations, of one or of the whole register', async () => {
    const dispute = await open(here.room.owner, { question: 'Is *this* told?' })
    const { disputes } = here.api.services
    const [a, b] = [positionOf(dispute, 1), positionOf(dispute, 2)]
    await disputes.takeStance(here.room.reader, dispute.id, { positions: [{ id: a, weight: 1 }], reason: '' })
    await disputes.setStatus(
      here.room.owner,
      dispute.id,
      { status: 'settled', outcome: '', positionId: b, rationale: 'Plainly.' },
      null,
    )
    const file = async (path: string) => ask(here.room.reader, 'GET', path)
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
