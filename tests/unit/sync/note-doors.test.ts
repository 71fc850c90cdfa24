import { expect, test } from 'vitest'
import { NoteDoors } from '#server/sync/note-doors.ts'

/** Doors as they are read: each says how often its note's was read by then. */
function aReading() {
  const read: string[] = []
  const door = async (noteId: string) => {
    read.push(noteId)
    const count = read.filter((id) => id === noteId).length
    return async () => ({ threadId: `as of reading ${count}`, whyNot: null })
  }
  return { read, doors: new NoteDoors({ door }) }
}

test('everyone who comes to a note at once is decided on by one reading', async () => {
  const { read, doors } = aReading()
  await Promise.all([doors.of('a'), doors.of('a'), doors.of('b'), doors.of('a')])
  expect(read).toEqual(['a', 'b'])
})

test('once rights may have changed, nobody is decided on by what was read before', async () => {
  const { doors } = aReading()
  await doors.of('a')
  doors.forget()
  const enter = await doors.of('a')
  expect(await enter({ kind: 'anonymous' })).toMatchObject({ threadId: 'as of reading 2' })
})

test('a door that could not be read is read again for the next who comes', async () => {
  let isDown = true
  const doors = new NoteDoors({
    door: async () => {
      if (isDown) throw new Error('the database is away')
      return async () => ({ threadId: 'a', whyNot: null })
    },
  })
  await expect(doors.of('a')).rejects.toThrow('away')
  isDown = false
  const enter = await doors.of('a')
  expect(await enter({ kind: 'anonymous' })).toMatchObject({ threadId: 'a' })
})
