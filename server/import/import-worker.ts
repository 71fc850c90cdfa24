/** The thread that imports: reads one request, answers with stages and the outcome. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#domain/app-error.ts'
import type { ImportAnswer } from './import-in-worker.ts'
import { importSource } from './import-source.ts'

const answer = (message: ImportAnswer) => parentPort?.postMessage(message)

try {
  const result = await importSource(workerData.options, (stage, share) =>
    answer({ kind: 'stage', stage, share }),
  )
  answer({ kind: 'imported', result })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  answer({ kind: 'refused', code: error.code, message: error.message, details: error.details })
}
