/**
 * A Postil server in a process of its own, without pages: to be killed. Started with
 * `makeWorld` as its argument it first makes two people who write in one note. Its clock can be set by a message.
 */
import { z } from 'zod'
import { readConfig } from '#server/config.ts'
import type { Services } from '#server/services/services.ts'
import { startServer } from '#server/start-server.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup } from '#tests/factories/group.ts'
import { aPerson, asNow, aToken } from '#tests/factories/person.ts'
import { aThread } from '#tests/factories/thread.ts'

const clock = z.object({ clockAheadMs: z.number() })
const timeOfMachine = Date.now
process.on('message', (message) => {
  const { clockAheadMs } = clock.parse(message)
  Date.now = () => timeOfMachine() + clockAheadMs
})

const { url, services } = await startServer(readConfig(), null)
process.send?.({ url, world: process.argv[2] === 'makeWorld' ? await makeWorld(services) : null })

async function makeWorld(services: Services) {
  const admin = await aPerson(services, { name: 'Admin', admin: true })
  const owner = await aPerson(services, { name: 'Owner' })
  const reader = await aPerson(services, { name: 'Reader' })
  const group = await aGroup(services, owner, { members: [[reader, 'reader']] })
  const { id: documentId } = await aDocument(services, admin)
  const layerId = group.layers.find(({ kind }) => kind === 'discussion')?.id ?? ''
  const { id } = await aThread(services, await asNow(services, reader), {
    documentId,
    layerId,
    coWritten: true,
    note: 'Begun.',
  })
  return { noteId: id, tokens: [await aToken(services, reader), await aToken(services, owner)] }
}
