/**
 * Aligning two editions off the serving thread, where a long pair takes seconds. One thread serves the process, one
 * request after the other; it starts when it is needed, keeps what it aligned, and ends when nobody has asked for a
 * while, so that its memory is given back.
 */
import type { Worker } from 'node:worker_threads'
import { AppError } from '#domain/app-error.ts'
import { startThread } from '../start-thread.ts'
import type {
  AlignableText,
  AlignmentAnswer,
  AlignmentRequest,
  AlignmentResults,
  AlignmentTask,
  EditionPair,
} from './alignment-requests.ts'

const idleMs = 60_000
const timeoutMs = 120_000
const maxMemoryMb = 1_024

interface Waiting {
  readonly resolve: (answer: AlignmentAnswer) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  idle: NodeJS.Timeout | null
}

let thread: Thread | null = null
let lastNumber = 0

/**
 * Does `task` over the alignment of a pair. `loadText` is asked for the texts only when the alignment is not at hand.
 * Throws `unavailable` when the thread takes too long or runs out of memory.
 */
export async function alignInWorker<K extends AlignmentTask['kind']>(
  pair: EditionPair,
  task: Extract<AlignmentTask, { readonly kind: K }>,
  loadText: (editionId: string) => Promise<AlignableText>,
): Promise<AlignmentResults[K]> {
  let answer = await ask({ pair, task })
  if (answer.kind === 'texts-wanted') {
    const [from, to] = await Promise.all([loadText(pair.from), loadText(pair.to)])
    answer = await ask({ pair, task, texts: { from, to } })
  }
  if (answer.kind !== 'done') throw new Error(answer.kind === 'failed' ? answer.message : 'no alignment')
  // The thread answers each task with its own kind of result.
  return answer.result as AlignmentResults[K]
}

function ask(request: Omit<AlignmentRequest, 'number'>): Promise<AlignmentAnswer> {
  const current = thread ?? start()
  thread = current
  const number = ++lastNumber
  if (current.idle) clearTimeout(current.idle)
  return new Promise<AlignmentAnswer>((resolve, reject) => {
    const timer = setTimeout(() => give(current, tookTooMuch()), timeoutMs)
    timer.unref()
    const settle = (run: () => void) => {
      clearTimeout(timer)
      current.waiting.delete(number)
      if (current.waiting.size === 0) rest(current)
      run()
    }
    current.waiting.set(number, {
      resolve: (answer) => settle(() => resolve(answer)),
      reject: (error) => settle(() => reject(error)),
    })
    current.worker.ref()
    current.worker.postMessage({ ...request, number } satisfies AlignmentRequest)
  })
}

function start(): Thread {
  const worker = startThread(new URL('./alignment-worker.ts', import.meta.url), null, {
    maxOldGenerationSizeMb: maxMemoryMb,
  })
  const started: Thread = { worker, waiting: new Map(), idle: null }
  worker.on('message', (answer: AlignmentAnswer) => started.waiting.get(answer.number)?.resolve(answer))
  worker.on('error', (error) => give(started, isOutOfMemory(error) ? tookTooMuch() : toError(error)))
  worker.on('exit', () => give(started, new Error('The thread that aligns texts has ended.')))
  return started
}

/** Gives up a thread with all that waits for it; the next request starts another. */
function give(lost: Thread, error: Error): void {
  if (thread === lost) thread = null
  if (lost.idle) clearTimeout(lost.idle)
  for (const { reject } of [...lost.waiting.values()]) reject(error)
  void lost.worker.terminate()
}

/** Nobody waits: the process may end, and after a while the thread does. */
function rest(resting: Thread): void {
  resting.worker.unref()
  resting.idle = setTimeout(() => give(resting, new Error('idle')), idleMs)
  resting.idle.unref()
}

const tookTooMuch = () =>
  new AppError(
    'unavailable',
    'These editions take too long to compare: try again, or ask whoever runs the server.',
  )
const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
