/** The process of a crowd (`crowd.ts`): says that it is ready, comes when it is sent, and says how long it took. */
import { errand } from './crowd.ts'
import { comeIn } from './load.ts'

process.on('message', async (message) => {
  const { url, token, room, people } = errand.parse(message)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: people }, () => comeIn({ url, token }, room)))
  process.send?.(performance.now() - startedAt)
})
process.send?.('ready')
