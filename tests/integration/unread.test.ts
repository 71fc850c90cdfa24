import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestAnswer, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

interface Operation {
  readonly method: string
  readonly path: string
}

let api: TestApi
let room: ReadingRoom
let operations: readonly Operation[]
/** What a stranger may not read, by the first part of the paths that lead to it. */
let foreign: Readonly<Record<string, string>>
beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  const { group, owner, reader } = room
  const document = await aDocument(api.services, owner, { visibility: 'group', groups: [group.id] })
  const layerId = layerOf(group, 'discussion').id
  const thread = await aThread(api.services, reader, { documentId: document.id, layerId })
  const reply = await api.services.replies.create(reader, thread.id, { body: 'A reply.' })
  foreign = {
    groups: group.id,
    documents: document.id,
    layers: layerId,
    threads: thread.id,
    replies: reply.id,
    accounts: owner.userId,
  }
  const { json } = await api.ask('/openapi.json')
  operations = Object.entries<object>(json.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
    })),
  )
})

/** The path with `id` as its first parameter, and something that may be there as every other. */
const fill = (path: string, id: string) => path.replace(/\{\w+\}/, id).replace(/\{\w+\}/g, '1')

/** All that an answer says, but for when it was given. */
const said = ({ status, text, headers }: TestAnswer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
})

describe('what may not be read answers byte for byte as what does not exist', () => {
  test.each(['a stranger', 'nobody'])('for %s, by every route', async (who) => {
    const as = who === 'a stranger' ? room.stranger : undefined
    let walked = 0
    for (const { method, path } of operations) {
      const id = foreign[path.split('/')[1] ?? '']
      if (!path.includes('{') || id === undefined) continue
      const ask = (of: string) =>
        api.ask(fill(path, of), { method, as, json: method === 'GET' ? undefined : {} })
      const [there, nowhere] = [await ask(id), await ask(randomUUID())]
      expect({ method, path, ...said(there) }).toEqual({ method, path, ...said(nowhere) })
      expect([method, path, there.status < 400]).toEqual([method, path, false])
      walked += 1
    }
    expect(walked).toBeGreaterThan(40)
  })
})
