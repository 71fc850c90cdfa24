import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { encodeNote } from '#domain/note/encode-note.ts'
import { parseWrittenText } from '#domain/note/written-text.ts'
import { letGoAfterMs, letGoBytes } from '#server/sync/limits.ts'
import { OpenNote } from '#server/sync/open-note.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A note with a paragraph that was founded with it, and somebody's copy of it. */
function aNote() {
  const founding = encodeNote(parseWrittenText('Begun.'))
  const row = { position: 1n, userId: null, update: founding, createdAt: new Date(0) }
  const note = new OpenNote(
    'note',
    {
      schema: 1,
      snapshot: null,
      updates: [row],
      clientOwners: new Map(),
      derivedPosition: 0n,
      lastVersionAt: null,
    },
    0,
  )
  const copy = new Y.Doc()
  Y.applyUpdate(copy, founding)
  let position = 1n
  /** What they send who do `change` to the text of their copy. */
  const changed = (change: (text: Y.XmlText) => void, by = copy) => {
    const before = Y.encodeStateVector(by)
    const paragraph = by.getXmlFragment('note').get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
    if (text instanceof Y.XmlText) change(text)
    return Y.encodeStateAsUpdate(by, before)
  }
  const offer = (update: Uint8Array, userId = 'writer') => {
    const inspection = note.inspect(update)
    if (inspection.kind !== 'new') return inspection
    return note.together(() => note.offer(userId, { ...inspection, update })).outcome
  }
  /** They write at the end; `commit` says that it is saved. */
  const write = (words: string) => {
    const outcome = offer(changed((text) => text.insert(text.length, words)))
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind)
  }
  const commit = () => {
    position += 1n
    return note.commit({ before: position - 1n, positions: [position] })
  }
  const there = new Y.Doc()
  /** Another server commits what somebody there did to their copy. */
  const follow = (change: (text: Y.XmlText) => void, userId = 'elsewhere') => {
    position += 1n
    Y.applyUpdate(there, Y.encodeStateAsUpdate(copy))
    const update = changed(change, there)
    Y.applyUpdate(copy, update)
    return { lost: note.follow(update, position, [[there.clientID, userId]]), clientId: there.clientID }
  }
  return { note, founding, copy, changed, offer, write, commit, follow }
}

/** What somebody reads who had `held` and applies `lacking`. */
function wordsWith(held: Uint8Array, lacking: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, held)
  Y.applyUpdate(doc, lacking)
  return doc.getXmlFragment('note').toString()
}

/** Nobody writes for so long that nothing but bytes is kept. */
const rest = () => void vi.advanceTimersByTime(2 * letGoAfterMs)

/** What somebody gets who comes having nothing. */
function newcomer(note: OpenNote): Y.Doc {
  const doc = new Y.Doc()
  for (const update of note.committedUpdates) Y.applyUpdate(doc, update)
  return doc
}

test('all who come back having the same are given one answer, which is made once', () => {
  const { note, copy } = aNote()
  const vector = Y.encodeStateVector(copy)
  expect(note.since(vector)).toBe(note.since(Uint8Array.from(vector)))
})

test('an answer that was given is not given any more once the note has changed, here or elsewhere', () => {
  const { note, founding, copy, write, commit } = aNote()
  const vector = Y.encodeStateVector(copy)
  expect(wordsWith(founding, note.since(vector))).not.toContain('more')
  write(' And more.')
  commit()
  expect(wordsWith(founding, note.since(vector))).toContain('And more.')
  const elsewhere = new Y.Doc()
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(copy))
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('From another server.')])
  elsewhere.getXmlFragment('note').push([paragraph])
  note.follow(Y.encodeStateAsUpdate(elsewhere), 9n, [])
  expect(wordsWith(founding, note.since(vector))).toContain('From another server.')
})

test('nobody is given words that are not committed', () => {
  const { note, founding, copy, write, commit } = aNote()
  const vector = Y.encodeStateVector(copy)
  write(' Not yet.')
  expect(wordsWith(founding, note.since(vector))).not.toContain('Not yet.')
  commit()
  expect(wordsWith(founding, note.since(vector))).toContain('Not yet.')
})

test('what newcomers are given says the same however much was written since anybody came', () => {
  const { note, write, commit, copy } = aNote()
  for (let count = 0; count < 600; count++) {
    write(`${count} `)
    commit()
    if (count % 200 !== 150) continue
    expect(Y.encodeStateAsUpdate(newcomer(note))).toEqual(Y.encodeStateAsUpdate(copy))
  }
  expect(note.committedUpdates.length).toBeLessThan(64)
})

test('a note that is only read never becomes a document', () => {
  const { note, changed, offer, write, commit, copy } = aNote()
  write(' And more.')
  commit()
  offer(changed((text) => text.delete(0, 3)))
  commit()
  rest()
  const read = newcomer(note)
  expect(note.since(Y.encodeStateVector(read))).toEqual(Y.encodeStateAsUpdate(copy, note.stateVector))
  // What the stock client answers to step 1: all that is deleted, whatever it is asked for.
  expect(note.inspect(Y.encodeStateAsUpdate(read, note.stateVector))).toEqual({ kind: 'nothing' })
  expect(note.inspect(Uint8Array.of(0, 0))).toEqual({ kind: 'nothing' })
  expect(note.hasDocument).toBe(false)
})

test('a document is let go once all is committed and nobody has written for a while, and not before', () => {
  const { note, write, commit } = aNote()
  write(' Not yet.')
  rest()
  expect(note.hasDocument).toBe(true)
  commit()
  vi.advanceTimersByTime(letGoAfterMs)
  write(' More.')
  commit()
  vi.advanceTimersByTime(letGoAfterMs)
  expect(note.hasDocument).toBe(true)
  rest()
  expect(note.hasDocument).toBe(false)
})

test('a document that takes long to be made is held for longer', () => {
  const { note, write, commit } = aNote()
  write('x'.repeat(3 * letGoBytes))
  commit()
  rest()
  expect(note.hasDocument).toBe(true)
  for (let times = 0; times < 3; times++) rest()
  expect(note.hasDocument).toBe(false)
})

test('a note that was only looked at is bytes again as well', () => {
  const { note } = aNote()
  expect(note.inspect(Uint8Array.of(7, 7, 7))).toEqual({ kind: 'malformed' })
  expect(note.committed().read().ok).toBe(true)
  rest()
  expect(note.hasDocument).toBe(false)
})

test('who comes is given the same with and without a document, whatever they have', () => {
  const { note, founding, copy, changed, offer, write, commit } = aNote()
  const vectors = [Y.encodeStateVectorFromUpdate(founding)]
  for (let count = 0; count < 40; count++) {
    write(`${count} `)
    if (count % 5 === 4) offer(changed((text) => text.delete(count, 2)))
    while (note.pendingBytes > 0) commit()
    vectors.push(Y.encodeStateVector(copy))
  }
  const whole = Y.encodeStateAsUpdate(copy)
  const before = { read: note.committed().read(), lacking: vectors.map((vector) => note.since(vector)) }
  rest()
  expect(Y.decodeStateVector(note.stateVector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(copy)))
  expect(vectors.map((vector) => note.since(vector))).toEqual(before.lacking)
  expect(Y.encodeStateAsUpdate(newcomer(note))).toEqual(whole)
  expect(note.hasDocument).toBe(false)
  expect(note.committed().read()).toEqual(before.read)
})

test('after a rest all is looked at as before: words are taken, gaps told of, others client ids refused', () => {
  const { note, copy, changed, offer, write, commit } = aNote()
  write(' One.')
  commit()
  rest()
  const unsent = changed((text) => text.insert(text.length, ' Two.'))
  const next = changed((text) => text.insert(text.length, ' Three.'))
  expect(offer(next)).toEqual({ kind: 'gap' })
  rest()
  expect(offer(unsent, 'somebody else')).toEqual({ kind: 'refused', closing: 'foreign-client-id' })
  rest()
  expect(offer(unsent)).toEqual({ kind: 'accepted' })
  commit()
  rest()
  expect(offer(next)).toEqual({ kind: 'accepted' })
  commit()
  rest()
  expect(Y.encodeStateAsUpdate(newcomer(note))).toEqual(Y.encodeStateAsUpdate(copy))
})

test('what other servers commit is taken without a document, and none of it is lost', () => {
  const { note, copy, changed, offer, write, commit, follow, founding } = aNote()
  const returning = new Y.Doc()
  Y.applyUpdate(returning, founding)
  for (let count = 0; count < 300; count++) {
    expect(follow((text) => text.insert(count, 'x')).lost).toEqual([])
    if (count % 10 === 9) follow((text) => text.delete(0, 2))
    if (count % 100 !== 55) continue
    const newest = newcomer(note)
    expect(Y.encodeStateAsUpdate(newest)).toEqual(Y.encodeStateAsUpdate(copy))
    expect(Y.decodeStateVector(note.stateVector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(copy)))
    expect(note.inspect(Y.encodeStateAsUpdate(newest, note.stateVector))).toEqual({ kind: 'nothing' })
    Y.applyUpdate(returning, note.since(Y.encodeStateVector(returning)))
    expect(Y.encodeStateAsUpdate(returning)).toEqual(Y.encodeStateAsUpdate(copy))
  }
  expect(note.committedUpdates.length).toBeLessThan(72)
  expect(note.hasDocument).toBe(false)
  const { clientId } = follow((text) => text.insert(0, 'theirs '))
  expect(note.position).toBe(332n)
  const forged = new Y.Doc()
  Y.applyUpdate(forged, Y.encodeStateAsUpdate(copy))
  forged.clientID = clientId
  const update = changed((text) => text.insert(0, 'forged '), forged)
  expect(offer(update, 'forger')).toEqual({ kind: 'refused', closing: 'foreign-client-id' })
  write('mine')
  commit()
  expect(Y.encodeStateAsUpdate(newcomer(note))).toEqual(Y.encodeStateAsUpdate(copy))
})
