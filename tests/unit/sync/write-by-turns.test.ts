import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { writeByTurns } from '#server/sync/write-by-turns.ts'

/** A stream that takes note of what reaches it at once. */
function aStream() {
  const writes: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      writes.push(String(chunk))
      done()
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''))
      done()
    },
  })
  return { writes, turns: writeByTurns(stream) }
}

const turnEnds = () => new Promise<void>((resolve) => setImmediate(resolve))

test('what a reader is sent in one turn is one write, in its order', async () => {
  const { writes, turns } = aStream()
  for (const word of ['a', 'b', 'c']) turns.write(Buffer.from(word))
  await turnEnds()
  expect(writes).toEqual(['abc'])
})

test('nothing waits for another turn', async () => {
  const { writes, turns } = aStream()
  for (const word of ['a', 'b']) {
    turns.write(Buffer.from(word))
    await turnEnds()
  }
  expect(writes).toEqual(['a', 'b'])
})
