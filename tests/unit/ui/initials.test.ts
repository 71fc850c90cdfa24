import { expect, test } from 'vitest'
import { initialsOf } from '#components/ui/initials.ts'

test.each([
  ['Ida Lund', 'IL'],
  ['Plato', 'P'],
  ['Maria da Silva Santos', 'MS'],
  ['Jean-Luc', 'JL'],
  ['  “Ana”  (she) ', 'AS'],
  // A letter with its combining accent is one character for people.
  ['E\u0301tienne O\u0301', 'E\u0301O\u0301'],
  ['𐐨𐐩 𐐪', '𐐀𐐂'],
  ['…', '?'],
  ['', '?'],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
