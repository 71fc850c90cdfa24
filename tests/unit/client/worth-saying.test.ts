import { expect, test } from 'vitest'
import { nextWaiting, noticedAfterMs, type Waiting } from '#components/client/offline/worth-saying.ts'
import { isSaved, nextSaveState, type SaveEvent, untouched } from '#components/client/save-state.ts'

const opened: SaveEvent[] = [{ kind: 'opened' }, { kind: 'sent-step-2' }, { kind: 'saved', count: 1 }]
const after = (...events: SaveEvent[]) => [...opened, ...events].reduce(nextSaveState, untouched)
const typed = after({ kind: 'typed', wasSent: true }, { kind: 'sent-update' })
const lost = nextSaveState(typed, { kind: 'lost' })

test('a save under way is not worth a word until it takes so long that it looks like a fault', () => {
  const begun = nextWaiting(null, typed, 1_000)
  expect(begun).toEqual({ since: 1_000, isWorthSaying: false })
  const meanwhile = nextWaiting(begun, nextSaveState(typed, { kind: 'sent-update' }), 2_000)
  expect(meanwhile).toEqual(begun)
  expect(nextWaiting(meanwhile, typed, 1_000 + noticedAfterMs)?.isWorthSaying).toBe(true)
  expect(nextWaiting(meanwhile, nextSaveState(typed, { kind: 'saved', count: 2 }), 2_100)).toBeNull()
})

test('without a connection it is said at once, and goes on being said until the words are committed', () => {
  const offline = nextWaiting(null, lost, 1_000)
  expect(offline?.isWorthSaying).toBe(true)
  const again = nextSaveState(nextSaveState(lost, { kind: 'opened' }), { kind: 'sent-step-2' })
  expect(nextWaiting(offline, again, 1_100)?.isWorthSaying).toBe(true)
  expect(nextWaiting(offline, nextSaveState(again, { kind: 'saved', count: 1 }), 1_200)).toBeNull()
})

test('what is not spoken of is not called saved: it waits as long as anything is not committed', () => {
  const steps: SaveEvent[] = [
    ...opened,
    { kind: 'typed', wasSent: true },
    { kind: 'sent-update' },
    { kind: 'unsaved', reason: 'the database is away' },
    { kind: 'lost' },
    { kind: 'connecting' },
    { kind: 'opened' },
    { kind: 'sent-step-2' },
    { kind: 'saved', count: 1 },
  ]
  let save = untouched
  let waiting: Waiting | null = null
  for (const step of steps) {
    save = nextSaveState(save, step)
    waiting = nextWaiting(waiting, save, 0)
    expect(waiting === null, step.kind).toBe(isSaved(save))
  }
})
