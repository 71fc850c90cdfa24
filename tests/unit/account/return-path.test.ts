import { expect, test } from 'vitest'
import { returnPath } from '#components/account/return-path.ts'

test.each([
  ['/read/the-weir?at=3-9#p2', '/read/the-weir?at=3-9#p2'],
  ['http://127.0.0.1:3000/groups/a', '/groups/a'],
  ['/sign-out', '/sign-out'],
])('%s leads back to where one was', (given, path) => {
  expect(returnPath(given)).toBe(path)
})

test.each([
  ['another server', 'https://evil.example/read/a', '/read/a'],
  ['another server without a scheme', '//evil.example/read/a', '/read/a'],
  ['another server by backslashes', '\\\\evil.example/read/a', '/read/a'],
  ['a path that begins as a server', 'http://127.0.0.1:3000//evil.example', '/evil.example'],
  ['a path that climbs to a server', '/a/..//evil.example', '/evil.example'],
  ['a tab before a server', '/\t/evil.example/b', '/b'],
])('%s leads to a path of this one', (_, given, path) => {
  expect(returnPath(given)).toBe(path)
})

test.each([
  ['nothing', undefined],
  ['emptiness', ''],
  ['a script', 'javascript:alert(1)'],
  ['no address at all', 'http://'],
  ['the sign-in page itself', '/sign-in?callbackUrl=/sign-in'],
  ['an answer for programs', '/api/auth/signout'],
])('%s leads to the corpus', (_, given) => {
  expect(returnPath(given)).toBe('/')
})
