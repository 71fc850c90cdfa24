import { describe, expect, it } from 'vitest'
import { dropOutdated, hearPresence, outdatedMs, peopleHere } from '#components/client/presence-book.ts'

const says = (clientId: number, clock: number, name: string, more: object = {}) => ({
  clientId,
  clock,
  state: { user: { id: name.toLowerCase(), name, color: '#000' }, at: 0, writingIn: null, ...more },
})
const names = (book: ReturnType<typeof hearPresence>, except: string | null = null) =>
  peopleHere([book], except).map((presence) => presence.user.name)

describe('presence', () => {
  it('shows each person once, in order of name, and not oneself', () => {
    const book = hearPresence(
      new Map(),
      [says(1, 1, 'Cy'), says(2, 1, 'Bo'), says(3, 1, 'Bo'), says(4, 1, 'Me')],
      0,
    )
    expect(names(book, 'me')).toEqual(['Bo', 'Cy'])
  })

  it('of two windows of one person shows the one that writes', () => {
    const book = hearPresence(new Map(), [says(1, 1, 'Bo', { writingIn: 't' }), says(2, 1, 'Bo')], 0)
    expect(peopleHere([book], null)[0]?.writingIn).toBe('t')
  })

  it('does not go back to what an older clock said', () => {
    const book = hearPresence(
      hearPresence(new Map(), [says(1, 5, 'Bo', { at: 50 })], 0),
      [says(1, 4, 'Bo')],
      1,
    )
    expect(peopleHere([book], null)[0]?.at).toBe(50)
  })

  it('forgets who said goodbye', () => {
    const book = hearPresence(new Map(), [says(1, 1, 'Bo')], 0)
    expect(names(hearPresence(book, [{ clientId: 1, clock: 1, state: null }], 1))).toEqual([])
  })

  it('forgets who has been silent too long', () => {
    const book = hearPresence(new Map(), [says(1, 1, 'Bo')], 0)
    expect(names(dropOutdated(book, outdatedMs))).toEqual(['Bo'])
    expect(names(dropOutdated(book, outdatedMs + 1))).toEqual([])
  })

  it('leaves out a client that says nothing it could show', () => {
    const book = hearPresence(new Map(), [{ clientId: 1, clock: 1, state: { user: { name: 5 } } }], 0)
    expect(names(book)).toEqual([])
  })
})
