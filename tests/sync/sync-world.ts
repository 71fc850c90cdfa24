/** A server with two people who read one text together, for tests of the sync socket. */
import { Client } from 'pg'
import { afterAll } from 'vitest'
import type { Channels } from '#components/client/channels.ts'
import type { Person } from '#domain/policy/actor.ts'
import { type MarginRoomRef, marginRoomName } from '#domain/wire/feed.ts'
import type { NewThread, ThreadWithReplies } from '#domain/wire/thread.ts'
import type { RunningServer } from '#server/start-server.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aToken } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { createTestDatabase } from '#tests/factories/test-database.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { aThread } from '#tests/factories/thread.ts'
import { connectChannels, connectClient, type SyncClient } from './sync-client.ts'

export interface SyncWorld {
  readonly server: RunningServer
  readonly people: ReadingRoom
  readonly databaseUrl: string
  readonly documentId: string
  /** The discussion layer of the group. */
  readonly layerId: string
  readonly margin: MarginRoomRef
  readonly marginName: string
  /** An API token of theirs: always the same. */
  token(person: Person): Promise<string>
  /** A thread by the reader: posted and co-written, unless said otherwise. */
  thread(options?: Partial<NewThread>, author?: Person): Promise<ThreadWithReplies>
  /** A stock client of `person` in a room of any server, this one unless said otherwise. */
  client(
    person: Person,
    room: string,
    options?: { params?: Record<string, string>; url?: string; way?: Way },
  ): Promise<SyncClient>
  /** The socket of a page of `person`, for many rooms. */
  channels(person: Person): Promise<Channels>
  /** Runs SQL past the server. */
  sql(statement: string): Promise<Record<string, unknown>[]>
}

/** How a client reaches its room: over a socket of its own, unless said otherwise, or over a channel of one. */
export const ways = ['a socket of its own', 'a channel'] as const
export type Way = (typeof ways)[number]

/** Starts the server with its people; `settings` are environment variables, `log` takes the lines it logs. */
export async function startSyncWorld(
  settings: Record<string, string> = {},
  log?: (line: string) => void,
): Promise<SyncWorld> {
  const databaseUrl = await createTestDatabase()
  const server = await startTestServer({ DATABASE_URL: databaseUrl, ...settings }, log)
  const { services } = server
  const people = await aReadingRoom(services)
  const document = await aDocument(services, people.admin)
  const layer = people.group.layers.find(({ kind }) => kind === 'discussion')
  if (!layer) throw new Error('the group has no discussion layer')
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (person: Person) => {
    const token = tokens.get(person.userId) ?? aToken(services, person)
    tokens.set(person.userId, token)
    return token
  }
  const margin = { documentId: document.id, layerId: layer.id, groupId: people.group.id }
  const connection = new Client({ connectionString: databaseUrl })
  // The database is dropped by force after the file, which ends this connection as well.
  connection.on('error', () => {})
  await connection.connect()
  afterAll(() => connection.end())
  return {
    server,
    people,
    databaseUrl,
    documentId: document.id,
    layerId: layer.id,
    margin,
    marginName: marginRoomName(margin),
    token: tokenOf,
    thread: (options = {}, author = people.reader) =>
      aThread(services, author, {
        documentId: document.id,
        layerId: layer.id,
        coWritten: true,
        note: 'First words.',
        ...options,
      }),
    async client(person, room, { params, url = server.url, way } = {}) {
      const token = await tokenOf(person)
      const channels = way === 'a channel' ? connectChannels(url, token) : undefined
      return connectClient(url, room, { token, channels, ...(params && { params }) })
    },
    channels: async (person) => connectChannels(server.url, await tokenOf(person)),
    async sql(statement) {
      return (await connection.query(statement)).rows
    },
  }
}
