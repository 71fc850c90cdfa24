/** The thread that reads texts for parallels: one task after the other, asking for what it needs of the corpus. */
import { parentPort } from 'node:worker_threads'
import { type Corpus, findParallels } from '#domain/parallels/find-parallels.ts'
import { placesToIndex } from '#domain/parallels/fingerprints.ts'
import { readWords } from '#domain/parallels/read-words.ts'
import type { FromThread, ToThread } from './thread-messages.ts'

let answerWaited: ((answer: ToThread) => void) | null = null

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'read' || message.kind === 'find') void perform(message)
  else answerWaited?.(message)
})

async function perform(task: Extract<ToThread, { kind: 'read' | 'find' }>): Promise<void> {
  try {
    if (task.kind === 'read') {
      const words = readWords(task.text)
      say({ kind: 'read', words: words.count, places: placesToIndex(words) })
    } else {
      say({ kind: 'found', parallels: await findParallels(task.text, corpus, { ownText: task.ownText }) })
    }
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? (error.stack ?? '') : String(error) })
  }
}

const corpus: Corpus = {
  async findPlaces(fingerprints) {
    const answer = await ask({ kind: 'places-wanted', fingerprints })
    return answer.kind === 'places' ? answer.places : new Map()
  },
  async readSlices(slices) {
    const answer = await ask({ kind: 'slices-wanted', slices })
    return answer.kind === 'slices' ? answer.texts : []
  },
}

function ask(question: FromThread): Promise<ToThread> {
  return new Promise((resolve) => {
    answerWaited = resolve
    say(question)
  })
}

const say = (message: FromThread) => parentPort?.postMessage(message)
