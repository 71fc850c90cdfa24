import { expect, test } from 'vitest'
import { preferenceCookie, readPreferences, themeCookie } from '#components/ui/preferences.ts'

test('without cookies the device decides the theme and the text is of middle size', () => {
  expect(readPreferences(() => undefined)).toEqual({ theme: 'system', textSize: 'medium' })
})

test('what was kept is read again', () => {
  const kept = preferenceCookie(themeCookie, 'dark').split(';')[0]?.split('=')[1]
  expect(readPreferences((name) => (name === themeCookie ? kept : undefined)).theme).toBe('dark')
})

test('a cookie that holds anything else counts as none', () => {
  expect(readPreferences(() => '"><script>')).toEqual({ theme: 'system', textSize: 'medium' })
})
