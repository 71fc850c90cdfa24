import { beforeEach, expect, test } from 'vitest'
import {
  hasKeptNote,
  hasUnsentWords,
  setUnderWay,
  unsentStore,
  waitingNotes,
} from '#components/client/offline/unsent-store.ts'
import { emptyNote } from '#domain/note/note-json.ts'

const kept = (key: string, noteId: string) => ({ key, noteId, where: null, json: emptyNote, text: 'words' })

beforeEach(() => {
  unsentStore.set({ entries: [], notes: [kept('n window', 'n'), kept('m window', 'm')], underWay: new Set() })
})

test('words that are about to be committed are kept, and not said to wait', () => {
  setUnderWay('n window', true)
  expect(hasUnsentWords(unsentStore.get(), 'n')).toBe(false)
  expect(hasKeptNote(unsentStore.get(), 'n')).toBe(true)
  expect(waitingNotes(unsentStore.get()).map(({ noteId }) => noteId)).toEqual(['m'])
  setUnderWay('n window', false)
  expect(hasUnsentWords(unsentStore.get(), 'n')).toBe(true)
})

test('the words of a note that wait from another opening of it are said to wait', () => {
  unsentStore.set({ notes: [kept('n window', 'n'), kept('n earlier', 'n')] })
  setUnderWay('n window', true)
  expect(hasUnsentWords(unsentStore.get(), 'n')).toBe(true)
})

test('whoever watches is told once of each change', () => {
  let told = 0
  const stop = unsentStore.subscribe(() => {
    told += 1
  })
  setUnderWay('n window', true)
  setUnderWay('n window', true)
  setUnderWay('m window', false)
  stop()
  expect(told).toBe(1)
})
