import { expect, test } from 'vitest'
import { dismissToast, readToasts, showToast, subscribeToToasts } from '#components/ui/toast-list.ts'

test('of more news than can be read at once the newest stays on view', () => {
  for (const text of ['one', 'two', 'three', 'four']) showToast({ text })
  expect(readToasts().map(({ text }) => text)).toEqual(['two', 'three', 'four'])
})

test('what takes news away tells its listeners once, and not when it was gone', () => {
  let changes = 0
  const takeAway = showToast({ text: 'undone' })
  const end = subscribeToToasts(() => changes++)
  takeAway()
  takeAway()
  dismissToast(-1)
  end()
  expect(changes).toBe(1)
  expect(readToasts().some(({ text }) => text === 'undone')).toBe(false)
})
