import { expect, test } from 'vitest'
import { emptyNote } from '#domain/note/note-json.ts'
import { DerivedSaves } from '#server/sync/derived-saves.ts'

const derived = (noteId: string) => ({ noteId, text: '', json: emptyNote, position: 1n })

test('what comes in one turn is stored together, and what comes meanwhile goes into the next', async () => {
  const stored: string[][] = []
  let second: Promise<void> = Promise.resolve()
  const saves = new DerivedSaves(async (notes) => {
    stored.push(notes.map(({ noteId }) => noteId))
    if (stored.length === 1) second = Promise.all(['c', 'd'].map((id) => saves.save(derived(id)))).then()
  })
  await Promise.all(['a', 'b'].map((id) => saves.save(derived(id))))
  await second
  expect(stored).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a note that cannot be stored keeps none of the others from it', async () => {
  const stored: string[] = []
  const saves = new DerivedSaves(async (notes) => {
    if (notes.some(({ noteId }) => noteId === 'bad')) throw new Error('not to be stored')
    stored.push(...notes.map(({ noteId }) => noteId))
  })
  const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((id) => saves.save(derived(id))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(stored).toEqual(['a', 'b'])
  await saves.save(derived('later'))
  expect(stored).toContain('later')
})
