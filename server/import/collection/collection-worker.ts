/** The thread that reads a collection: hands over one file after the other, as the other side asks for the next. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { AppError } from '#domain/app-error.ts'
import { readCollection } from './read-collection.ts'
import type { CollectionAnswer } from './read-collection-in-worker.ts'

const port = parentPort
if (!port) throw new Error('this runs in a thread')
const answer = (message: CollectionAnswer) => port.postMessage(message)
const [request] = await once(port, 'message')

try {
  const { files, refused } = await readCollection(request, randomUUID, (share) =>
    answer({ kind: 'progress', share }),
  )
  for (const [index, file] of files.entries()) {
    answer({ kind: 'file', file, index, of: files.length })
    await once(port, 'message')
  }
  answer({ kind: 'done', refused })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  answer({ kind: 'refused', code: error.code, message: error.message, details: error.details })
}
