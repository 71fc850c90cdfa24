import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DerivedNote } from '#domain/note/derived-note.ts'
import { deriveAtRestMs, deriveBeatMs } from '#server/sync/limits.ts'
import { NoteUpkeep } from '#server/sync/note-upkeep.ts'

/** When a note that is written in no more is derived at the latest. */
const atRestMs = deriveAtRestMs + deriveBeatMs

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** The upkeep of a note on one of several servers: `own` and `others` commit a row. */
function keep({ end = 0n, derivedPosition = end }: { end?: bigint; derivedPosition?: bigint } = {}) {
  let position = end
  const derived: bigint[] = []
  const upkeep = new NoteUpkeep(
    {
      noteId: 'note',
      log: { warn: () => {}, error: () => {} },
      committed: () => ({
        position,
        isBehind: false,
        bytes: 10,
        state: () => new Uint8Array(),
        read: () => ({ ok: true, text: '', json: { type: 'doc', content: [] } }),
      }),
      saveDerived: async (note: DerivedNote) => void derived.push(note.position),
      compact: async () => true,
      readShape: async () => ({ snapshotPosition: null, positions: [] }),
      addVersion: async () => {},
    },
    { schema: 1, snapshot: null, updates: [], clientOwners: new Map(), derivedPosition, lastVersionAt: null },
  )
  return {
    derived,
    upkeep,
    own(at: bigint) {
      position = at > position ? at : position
      upkeep.changed([], [at])
    },
    others(at: bigint) {
      position = at > position ? at : position
      upkeep.followed([at], null)
    },
  }
}

test('a note is derived by the server that committed last', async () => {
  const { own, others, derived } = keep()
  others(1n)
  own(2n)
  await vi.advanceTimersByTimeAsync(atRestMs)
  expect(derived).toEqual([2n])
})

test('a server after whose rows another committed leaves the note to that one', async () => {
  const { own, others, derived } = keep()
  own(1n)
  others(2n)
  await vi.advanceTimersByTimeAsync(atRestMs)
  expect(derived).toEqual([])
})

test('who committed last is told by the log, not by what is heard first', async () => {
  const { own, others, derived } = keep()
  own(2n)
  others(1n)
  await vi.advanceTimersByTimeAsync(atRestMs)
  expect(derived).toEqual([2n])
})

test('what a server that is gone did not come to is derived by whoever opens the note', async () => {
  const { derived } = keep({ end: 5n, derivedPosition: 3n })
  await vi.advanceTimersByTimeAsync(atRestMs)
  expect(derived).toEqual([5n])
})

test('what nobody derives between two looks at the database is derived here', async () => {
  const { others, upkeep, derived } = keep()
  others(1n)
  upkeep.derivedElsewhere(0n)
  upkeep.derivedElsewhere(0n)
  await vi.advanceTimersByTimeAsync(atRestMs)
  expect(derived).toEqual([1n])
})
