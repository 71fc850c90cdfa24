/** Reading texts for parallels off the serving thread, where a long one takes seconds. Whoever starts one ends it. */
import { type Corpus, type FoundParallel, findParallels } from '#domain/parallels/find-parallels.ts'
import { type IndexedPlaces, placesToIndex } from '#domain/parallels/fingerprints.ts'
import { readWords } from '#domain/parallels/read-words.ts'
import { startThread } from '../start-thread.ts'
import type { FromThread, ToThread } from './thread-messages.ts'

const maxMemoryMb = 1_024

/** Reads texts; one task at a time. */
export interface ParallelReader {
  /** Counts the words of a text and says what the index is to have of it. */
  read(text: string): Promise<{ readonly words: number; readonly places: IndexedPlaces }>
  /** Finds the parallels of a text that the corpus has under the number `ownText`. */
  find(text: string, ownText: number, corpus: Corpus): Promise<readonly FoundParallel[]>
  end(): Promise<void>
}

/** Reads on the thread that asks: for short texts, which are read sooner than a thread starts. */
export const readHere: ParallelReader = {
  async read(text) {
    const words = readWords(text)
    return { words: words.count, places: placesToIndex(words) }
  },
  find: (text, ownText, corpus) => findParallels(text, corpus, { ownText }),
  end: async () => {},
}

/** Starts a thread. A task fails with what the thread, or the corpus, says. */
export function startParallelThread(): ParallelReader {
  const worker = startThread(new URL('./parallel-worker.ts', import.meta.url), null, {
    maxOldGenerationSizeMb: maxMemoryMb,
  })
  worker.unref()

  function perform<T>(
    task: ToThread,
    hear: (message: FromThread) => Promise<ToThread> | { readonly done: T } | null,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (run: () => void) => {
        worker.off('error', fail)
        worker.off('exit', onExit)
        worker.off('message', onMessage)
        worker.unref()
        run()
      }
      const fail = (error: unknown) => settle(() => reject(error))
      const onExit = () => fail(new Error('The thread that finds parallels has ended.'))
      const onMessage = (message: FromThread) => {
        if (message.kind === 'failed') return fail(new Error(message.message))
        const heard = hear(message)
        if (heard === null) fail(new Error(`The thread said “${message.kind}” out of turn.`))
        else if ('done' in heard) settle(() => resolve(heard.done))
        else heard.then((reply) => worker.postMessage(reply), fail)
      }
      worker.ref()
      worker.on('error', fail)
      worker.on('exit', onExit)
      worker.on('message', onMessage)
      worker.postMessage(task)
    })
  }

  return {
    read: (text) =>
      perform<{ words: number; places: IndexedPlaces }>({ kind: 'read', text }, (message) =>
        message.kind === 'read' ? { done: message } : null,
      ),
    find: (text, ownText, corpus) =>
      perform<readonly FoundParallel[]>({ kind: 'find', text, ownText }, (message) => {
        switch (message.kind) {
          case 'places-wanted':
            return corpus.findPlaces(message.fingerprints).then((places) => ({ kind: 'places', places }))
          case 'slices-wanted':
            return corpus.readSlices(message.slices).then((texts) => ({ kind: 'slices', texts }))
          case 'found':
            return { done: message.parallels }
          default:
            return null
        }
      }),
    end: async () => void (await worker.terminate()),
  }
}
