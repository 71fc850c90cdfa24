/** The thread that imports: reads one request, answers with stages and the outcome. */
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { AppError } from '#domain/app-error.ts'
import type { ImportAnswer } from './import-in-worker.ts'
import { importSource } from './import-source.ts'

const port = parentPort
if (!port) throw new Error('this runs in a thread')
const answer = (message: ImportAnswer) => port.postMessage(message)
const [request] = await once(port, 'message')

try {
  const result = await importSource(request, (stage, share) => answer({ kind: 'stage', stage, share }))
  answer({ kind: 'imported', result })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  answer({ kind: 'refused', code: error.code, message: error.message, details: error.details })
}
