/** The thread that aligns texts. The alignments used last are kept, up to a number of bytes, for what is asked next. */
import { parentPort } from 'node:worker_threads'
import { LRUCache } from 'lru-cache'
import { alignTexts } from '#domain/anchoring/align-texts.ts'
import { reanchorAligned } from '#domain/anchoring/reanchor.ts'
import { type ComparedTexts, compareSection } from '#domain/comparison/compare-section.ts'
import type { AlignmentAnswer, AlignmentRequest, AlignmentTask, EditionPair } from './alignment-requests.ts'

const maxBytes = 256 * 1024 * 1024
/** What folding, the words and their partners take for each code unit of both texts. */
const bytesPerUnit = 24

const aligned = new LRUCache<string, ComparedTexts>({
  maxSize: maxBytes,
  sizeCalculation: ({ alignment: { old, renewed } }) =>
    1 + bytesPerUnit * (old.text.source.length + renewed.text.source.length),
})

parentPort?.on('message', (request: AlignmentRequest) => parentPort?.postMessage(answer(request)))

function answer(request: AlignmentRequest): AlignmentAnswer {
  const { number, task } = request
  try {
    const texts = getAligned(request)
    return texts ? { number, kind: 'done', result: perform(texts, task) } : { number, kind: 'texts-wanted' }
  } catch (error) {
    return { number, kind: 'failed', message: error instanceof Error ? (error.stack ?? '') : String(error) }
  }
}

/** Null when the texts must be sent. A pair too large to be kept is aligned anew each time. */
function getAligned({ pair, texts }: AlignmentRequest): ComparedTexts | null {
  const known = aligned.get(keyOf(pair))
  if (known || !texts) return known ?? null
  const alignment = alignTexts(texts.from.text, texts.to.text)
  const made: ComparedTexts = {
    alignment,
    earlier: { words: alignment.old, starts: texts.from.blockStarts },
    later: { words: alignment.renewed, starts: texts.to.blockStarts },
  }
  aligned.set(keyOf(pair), made)
  return made
}

function perform(texts: ComparedTexts, task: AlignmentTask) {
  switch (task.kind) {
    case 'reanchor':
      return reanchorAligned(texts.alignment, task.passages)
    case 'compare':
      return compareSection(texts, task.section)
  }
}

const keyOf = ({ from, to }: EditionPair) => `${from} ${to}`
