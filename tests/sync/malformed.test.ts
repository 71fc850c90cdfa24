import fc from 'fast-check'
import { expect, test } from 'vitest'
import { step1Frame, updateFrame } from '#server/sync/frames.ts'
import { connectBare, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld({ POSTIL_MAX_CONNECTIONS_PER_PERSON: '0' })
const { reader, instructor } = world.people

const frames: Record<string, Uint8Array | string> = {
  nothing: new Uint8Array(),
  text: 'hello',
  'an unknown message': new Uint8Array([99, 1, 2, 3]),
  'an unknown sync step': new Uint8Array([0, 7, 0]),
  'a length beyond the end': new Uint8Array([0, 2, 200, 1]),
  'an update that is none': updateFrame(new Uint8Array([9, 9, 9, 9, 9])),
  'a state vector that is none': step1Frame(new Uint8Array([250])),
  'an awareness update that is none': new Uint8Array([1, 3, 1, 5, 5]),
}

test('a frame that cannot be read closes its own connection, and no other', async () => {
  const { id } = await world.thread()
  const anna = await world.client(instructor, `note/${id}`)
  await anna.synced()
  const token = await world.token(reader)
  for (const [name, frame] of Object.entries(frames)) {
    const bare = await connectBare(world.server.url, `note/${id}`, token)
    bare.send(frame)
    expect([name, await bare.ended]).toEqual([name, 4400])
  }
  anna.write('unmoved')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the others to go on')
  expect(anna.heard.closed).toEqual([])
})

test('whatever bytes arrive, in a note or in a margin, the server goes on for the others', async () => {
  const { id } = await world.thread()
  const anna = await world.client(instructor, `note/${id}`)
  await anna.synced()
  const token = await world.token(reader)
  const prefixed = fc
    .tuple(fc.constantFrom([], [0, 0], [0, 1], [0, 2], [1], [3]), fc.uint8Array({ maxLength: 60 }))
    .map(([prefix, bytes]) => new Uint8Array([...prefix, ...bytes]))
  const sized = fc
    .tuple(fc.constantFrom([0, 0], [0, 1], [0, 2], [1]), fc.uint8Array({ maxLength: 60 }))
    .map(([prefix, bytes]) => new Uint8Array([...prefix, bytes.length, ...bytes]))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(`note/${id}`, world.marginName),
      fc.array(fc.oneof(prefixed, sized), { minLength: 1, maxLength: 8 }),
      async (room, sent) => {
        const bare = await connectBare(world.server.url, room, token)
        for (const frame of sent) bare.send(frame)
        bare.close()
        await bare.ended
      },
    ),
    { numRuns: 80 },
  )
  anna.write('unmoved')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the others to go on')
  expect(anna.heard.closed).toEqual([])
})
