import { beforeAll, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { keepNoteUpdates, type NewNoteUpdate } from '#server/db/append-note-updates.ts'
import { type Compaction, compactNoteLog, listNoteProgress, loadNoteLog } from '#server/db/note-log.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let services: TestServices
let reader: Person
let write: () => Promise<string>

beforeAll(async () => {
  services = await startTestServices()
  const room = await aReadingRoom(services.services)
  const { id: documentId } = await aDocument(services.services, room.admin)
  const layerId = layerOf(room.group, 'discussion').id
  reader = room.reader
  write = async () => (await aThread(services.services, room.reader, { documentId, layerId })).id
})

const row = (noteId: string, ...bytes: number[]): NewNoteUpdate => ({
  noteId,
  userId: reader.userId,
  clientId: 7,
  newClientIds: [],
  fitsAnywhere: true,
  update: Uint8Array.from(bytes),
})

const keep = (...batch: Parameters<typeof keepNoteUpdates>[1]) => keepNoteUpdates(services.database, batch)

async function endOf(noteId: string): Promise<bigint> {
  const [progress] = await listNoteProgress(services.database.db, [noteId])
  return progress?.position ?? 0n
}

test('what fits anywhere comes after rows that are not known; what does not is not appended', async () => {
  const noteId = await write()
  const other = await write()
  const [first] = await keep({ noteId, after: await endOf(noteId), updates: [row(noteId, 1)] })
  const known = first?.positions.at(-1) ?? 0n
  const [unknown] = await keep({ noteId, after: null, updates: [row(noteId, 2), row(noteId, 3)] })
  expect(unknown?.before).toBe(known)
  const both = await keep(
    { noteId, after: known, updates: [row(noteId, 4)] },
    { noteId: other, after: await endOf(other), updates: [row(other, 5)] },
  )
  expect(both.map((rows) => rows?.positions.length ?? null)).toEqual([null, 1])
  const [last] = await keep({ noteId, after: null, updates: [row(noteId, 6)] })
  expect(last?.before).toBe(unknown?.positions.at(-1))
  const log = await loadNoteLog(services.database.db, noteId, known)
  expect(log?.updates.map(({ update }) => [...update])).toEqual([[2], [3], [6]])
})

test('however many append at once, rows are committed in the order of their positions', async () => {
  const notes = await Promise.all([write(), write(), write()])
  for (const noteId of notes) await keep({ noteId, after: 0n, updates: [row(noteId, 0)] })
  const begins = new Map(await Promise.all(notes.map(async (id) => [id, await endOf(id)] as const)))
  /** Ends that were read while others were writing: nothing may be committed before them later. */
  const seen: { noteId: string; end: bigint; count: number }[] = []
  const rounds = Array.from({ length: 12 }, async (_, writer) => {
    const appended = []
    for (let round = 0; round < 10; round++) {
      // Not all in one order, as servers have it.
      const order = notes.toSorted((a, b) => (writer % 2 === 0 ? a.localeCompare(b) : b.localeCompare(a)))
      const batch = order.map((noteId) => ({
        noteId,
        after: null,
        updates: [row(noteId, writer, round), row(noteId, writer, round, 1)],
      }))
      const rows = await keep(...batch)
      appended.push(...rows.map((each, place) => ({ noteId: order[place] ?? '', ...each })))
      const noteId = order[0] ?? ''
      const log = await loadNoteLog(services.database.db, noteId)
      seen.push({ noteId, end: log?.updates.at(-1)?.position ?? 0n, count: log?.updates.length ?? 0 })
    }
    return appended
  })
  const appended = (await Promise.all(rounds)).flat()
  for (const noteId of notes) {
    const ofNote = appended
      .filter((each) => each.noteId === noteId)
      .sort((a, b) => Number((a.positions?.[0] ?? 0n) - (b.positions?.[0] ?? 0n)))
    expect(ofNote).toHaveLength(120)
    let end = begins.get(noteId)
    for (const { before, positions } of ofNote) {
      expect(before).toBe(end)
      end = positions?.at(-1)
    }
    expect(await endOf(noteId)).toBe(end)
    const log = await loadNoteLog(services.database.db, noteId)
    const positions = log?.updates.map(({ position }) => position) ?? []
    for (const { end, count } of seen.filter((each) => each.noteId === noteId)) {
      expect(positions.filter((position) => position <= end)).toHaveLength(count)
    }
  }
})

const compact = (compaction: Compaction) =>
  services.database.transaction((tx) => compactNoteLog(tx, compaction))

/** Bytes of a note's snapshot and of its rows. */
async function logOf(noteId: string) {
  const log = await loadNoteLog(services.database.db, noteId)
  return {
    snapshot: log?.snapshot && { position: log.snapshot.position, state: [...log.snapshot.state] },
    rows: log?.updates.map(({ update }) => [...update]),
  }
}

test('compaction replaces exactly the rows it names, and what came meanwhile stays', async () => {
  const noteId = await write()
  const begun = await loadNoteLog(services.database.db, noteId)
  const founding = begun?.updates.map(({ position }) => position) ?? []
  const [rows] = await keep({
    noteId,
    after: null,
    updates: [1, 2, 3, 4].map((byte) => row(noteId, byte)),
  })
  const [first = 0n, second = 0n, third = 0n, fourth = 0n] = rows?.positions ?? []
  const from = begun?.snapshot?.position ?? null
  const positions = [...founding, first, third]
  expect(await compact({ noteId, from, positions, state: Uint8Array.of(9) })).toBe(true)
  expect(await logOf(noteId)).toEqual({ snapshot: { position: third, state: [9] }, rows: [[2], [4]] })
  // A row before the snapshot: the snapshot stays where it is.
  expect(await compact({ noteId, from: third, positions: [second], state: Uint8Array.of(8) })).toBe(true)
  expect(await logOf(noteId)).toEqual({ snapshot: { position: third, state: [8] }, rows: [[4]] })
  expect(await compact({ noteId, from: third, positions: [fourth], state: Uint8Array.of(7) })).toBe(true)
  expect(await logOf(noteId)).toEqual({ snapshot: { position: fourth, state: [7] }, rows: [] })
})

test('whoever compacts what another server has compacted changes nothing', async () => {
  const noteId = await write()
  const [rows] = await keep({ noteId, after: null, updates: [row(noteId, 1), row(noteId, 2)] })
  const [first = 0n, second = 0n] = rows?.positions ?? []
  const from = (await logOf(noteId)).snapshot?.position ?? null
  const state = Uint8Array.of(9)
  const both = await Promise.all([
    compact({ noteId, from, positions: [first], state }),
    compact({ noteId, from, positions: [first, second], state }),
  ])
  expect(both.toSorted()).toEqual([false, true])
  const { snapshot } = await logOf(noteId)
  expect(snapshot?.position).toBe(both[0] ? first : second)
  expect(await compact({ noteId, from, positions: [second], state })).toBe(false)
  expect(await compact({ noteId, from: snapshot?.position ?? null, positions: [first], state })).toBe(false)
})
