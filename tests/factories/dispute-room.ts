/** A reading room with a text to dispute, and the API to do it over; once for a test file. */
import { beforeAll, expect } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { type Dispute, dispute as disputeShape } from '#domain/wire/dispute.ts'
import type { Document } from '#domain/wire/document.ts'
import { aDispute, type DisputeOptions } from './dispute.ts'
import { aDocument } from './document.ts'
import { layerOf } from './group.ts'
import { aReadingRoom, type ReadingRoom } from './reading-room.ts'
import { startTestApi, type TestAnswer, type TestApi } from './test-api.ts'

export interface DisputeRoom {
  readonly api: TestApi
  room: ReadingRoom
  readonly document: Document
  /** Of the group's discussion. */
  readonly layerId: string
  ask(
    as: Person,
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ): Promise<TestAnswer>
  /** A dispute in the discussion, by the reader unless said otherwise. */
  open(author?: Person, options?: Partial<DisputeOptions>): Promise<Dispute>
  /** A dispute as somebody sees it, by default the reader. */
  read(id: string, as?: Person): Promise<Dispute>
}

/** Prepares the room before the file's tests; nothing of it is there before they run. */
export function aDisputeRoom(): DisputeRoom {
  const prepared: Partial<Pick<DisputeRoom, 'api' | 'room' | 'document' | 'layerId'>> = {}
  beforeAll(async () => {
    const api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
    const room = await aReadingRoom(api.services)
    const document = await aDocument(api.services, room.admin)
    Object.assign(prepared, { api, room, document, layerId: layerOf(room.group, 'discussion').id })
  })
  const get = <Name extends keyof typeof prepared>(name: Name) => {
    const value = prepared[name]
    if (value === undefined) throw new Error(`${name} is not there before the tests run`)
    return value
  }
  const ask: DisputeRoom['ask'] = (as, method, path, json, headers = {}) =>
    get('api').ask(path, { method, as, json, headers })
  return {
    get api() {
      return get('api')
    },
    get room() {
      return get('room')
    },
    set room(next) {
      prepared.room = next
    },
    get document() {
      return get('document')
    },
    get layerId() {
      return get('layerId')
    },
    ask,
    open: (author = get('room').reader, options = {}) =>
      aDispute(get('api').services, author, {
        documentId: get('document').id,
        layerId: get('layerId'),
        ...options,
      }),
    async read(id, as = get('room').reader) {
      const { status, text, json } = await ask(as, 'GET', `/disputes/${id}`)
      expect(status, text).toBe(200)
      return disputeShape.parse(json)
    },
  }
}
