/**
 * The server is killed without a word while two people write, five times with seeds that are always the same. Whatever it had
 * acknowledged is there when it comes back, and whoever kept their window open has the rest saved as well.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { freePort } from '#tests/factories/free-port.ts'
import { connectClient, type SyncClient, until } from '#tests/sync/sync-client.ts'
import { type KillableServer, startKillableServer } from './killable-server.ts'
import { seededRandom } from './seeded-random.ts'

/** Further rounds by `npm run test:faults`. */
const rounds = Number(process.env.POSTIL_KILL_ROUNDS ?? 5)
const seeds = Array.from({ length: rounds }, (_, round) => 11 + 12 * round)
const wordsBeforeKill = 60

type World = NonNullable<KillableServer['world']>

let dataDir = ''
let port = 0
let server: KillableServer | null = null

const start = async (argument: 'makeWorld' | null = null) => {
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    POSTIL_DATA_DIR: dataDir,
    POSTIL_LOG_LEVEL: 'error',
    POSTIL_MAX_MESSAGES_PER_SECOND: '0',
    DATABASE_URL: '',
  }
  server = await startKillableServer(settings, argument)
  return server
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'postil-kill-'))
  port = await freePort()
})
afterAll(async () => {
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
})

test(
  'what was acknowledged survives kill -9, and open windows bring the rest',
  async () => {
    const { world } = await start('makeWorld')
    if (!world) throw new Error('the server made no world')
    const startedAt = performance.now()
    let compared = 0
    for (const seed of seeds) compared += await round(seed, world)
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    console.log(`${rounds} rounds of kill -9 in ${seconds} s: ${compared} acknowledged words read back`)
  },
  rounds * 60_000,
)

/** Answers how many words had been acknowledged when the server was killed. */
async function round(seed: number, { noteId, tokens }: World): Promise<number> {
  const random = seededRandom(seed)
  const room = `note/${noteId}`
  const url = `http://127.0.0.1:${port}`
  const writers = tokens.map((token) => connectClient(url, room, { token }))
  await Promise.all(writers.map((writer) => writer.synced()))
  await until(() => writers.every((writer) => writer.heard.saved.at(-1) === writer.sent()), 'all to be even')

  const journals = writers.map(() => ({ written: 0, sentBy: new Map<number, string>() }))
  const killAt = Math.floor(random() * wordsBeforeKill) + wordsBeforeKill
  for (let count = 0; count < killAt; count++) {
    const who = random() < 0.5 ? 0 : 1
    const [writer, journal] = [writers[who], journals[who]]
    if (!writer || !journal) throw new Error('two people write')
    const word = `s${seed}w${who}n${journal.written++}.`
    writer.write(word)
    journal.sentBy.set(writer.sent(), word)
    // Lets the server answer now and then, so that it dies with some acknowledged and some not.
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve))
  }
  await until(
    () => writers.some((writer) => (writer.heard.saved.at(-1) ?? 0) > 20),
    'some to be acknowledged',
  )
  await server?.kill()
  const acknowledged = writers.flatMap((writer, who) => {
    const count = writer.heard.saved.at(-1) ?? 0
    return [...(journals[who]?.sentBy ?? [])].filter(([sent]) => sent <= count).map(([, word]) => word)
  })
  // Nobody whose window is open may help the server to remember.
  for (const writer of writers) writer.provider.disconnect()
  await start()

  const third = connectClient(url, room, { token: tokens[0] })
  await third.synced()
  const remembered = third.text()
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(acknowledged.filter((word) => !remembered.includes(word))).toEqual([])

  for (const writer of writers) writer.provider.connect()
  await until(() => writers.every((writer) => writer.provider.synced), 'the writers to be back')
  const everything = journals.flatMap(({ sentBy }) => [...sentBy.values()])
  await until(() => {
    const words = third.text()
    return everything.every((word) => words.includes(word))
  }, `all words of seed ${seed} to arrive`)
  await until(() => isSame([third, ...writers]), 'all copies to be the same')
  for (const client of [third, ...writers]) client.leave()
  return acknowledged.length
}

/** Whether all copies are the same, byte for byte of what they say and of what they know. */
function isSame(clients: readonly SyncClient[]): boolean {
  const [first, ...others] = clients.map(({ doc }) => ({
    text: JSON.stringify(doc.getXmlFragment('note')),
    state: Buffer.from(Y.encodeStateVector(doc)).length,
  }))
  return others.every((other) => other.text === first?.text && other.state === first.state)
}
