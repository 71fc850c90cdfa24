/** People who write in one note without pause while something fails, and what of it was acknowledged. */
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { untilSame } from '#tests/sync/cluster-world.ts'
import { type SyncClient, until } from '#tests/sync/sync-client.ts'
import type { SyncWorld } from '#tests/sync/sync-world.ts'

/** Between two words of one person. */
const paceMs = 25

interface Journal {
  readonly client: SyncClient
  /** Words by how many frames of the present connection had been sent with them. */
  sent: Map<number, string>
  readonly acknowledged: Set<string>
  readonly all: string[]
}

/** People at work. */
export interface Writers {
  readonly clients: readonly SyncClient[]
  /** Words that were said to be saved, by now. */
  acknowledged(): readonly string[]
  /** Resolves once everyone has had so many words acknowledged since this was called. */
  goOn(words: number): Promise<void>
  /** They stop; resolves once everything they wrote is acknowledged. */
  stop(): Promise<void>
}

/** Begins to write; each word of each client is another one. */
export function beginWriting(name: string, clients: readonly SyncClient[]): Writers {
  const journals = clients.map(
    (client): Journal => ({
      client,
      sent: new Map(),
      acknowledged: new Set(),
      all: [],
    }),
  )
  for (const journal of journals) {
    // Frames count anew with each connection; what was under way is sent again by step 2.
    journal.client.provider.on('connection-close', () => {
      readAnswers(journal)
      journal.sent = new Map()
    })
  }
  let isWriting = true
  const working = Promise.all(
    journals.map(async (journal, who) => {
      for (let count = 0; isWriting; count++) {
        const word = `${name}${who}n${count}.`
        const before = journal.client.sent()
        journal.client.write(word)
        journal.all.push(word)
        if (journal.client.sent() > before) journal.sent.set(journal.client.sent(), word)
        await setTimeout(paceMs)
        readAnswers(journal)
      }
    }),
  )
  return {
    clients,
    acknowledged: () => journals.flatMap(({ acknowledged }) => [...acknowledged]),
    async goOn(words) {
      const before = journals.map(({ acknowledged }) => acknowledged.size)
      await until(
        () => journals.every(({ acknowledged }, who) => acknowledged.size >= (before[who] ?? 0) + words),
        `everyone to have ${words} more words acknowledged`,
      )
    },
    async stop() {
      isWriting = false
      await working
      await until(
        () => clients.every(({ provider, heard, sent }) => provider.synced && heard.saved.at(-1) === sent()),
        'everything to be acknowledged',
      )
    },
  }
}

function readAnswers({ client, sent, acknowledged }: Journal): void {
  const saved = client.heard.saved.at(-1) ?? 0
  for (const [count, word] of sent) {
    if (count > saved) break
    acknowledged.add(word)
    sent.delete(count)
  }
}

/** Holds that every word that was acknowledged by now is in the database, whatever servers remember. */
export async function expectInLog(
  { sql }: Pick<SyncWorld, 'sql'>,
  noteId: string,
  writers: Writers,
): Promise<void> {
  const words = writers.acknowledged()
  const rows = await sql(`SELECT state AS bytes FROM "NoteSnapshot" WHERE "noteId" = '${noteId}'
    UNION ALL SELECT update FROM "NoteUpdate" WHERE "noteId" = '${noteId}'`)
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const { bytes } of rows) if (bytes instanceof Uint8Array) Y.applyUpdate(doc, bytes)
  })
  const reading = readNoteFragment(doc.getXmlFragment('note'))
  if (!reading.ok) throw new Error(reading.problem)
  expect(words.length).toBeGreaterThan(0)
  expect(words.filter((word) => !reading.text.includes(word))).toEqual([])
}

/** Holds that every acknowledged word is read by somebody new on each server, and that all copies are the same. */
export async function expectEverywhere(
  world: SyncWorld,
  noteId: string,
  writers: Writers,
  urls: readonly string[],
): Promise<void> {
  await expectInLog(world, noteId, writers)
  const late = await Promise.all(
    urls.map((url) => world.client(world.people.instructor, `note/${noteId}`, { url })),
  )
  await Promise.all(late.map((client) => client.synced()))
  await untilSame([...writers.clients, ...late])
  const words = writers.acknowledged()
  for (const client of late) expect(words.filter((word) => !client.text().includes(word))).toEqual([])
  for (const client of [...writers.clients, ...late]) client.leave()
}
