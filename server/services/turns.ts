/** Takes turns: at most `atOnce` pieces of work run, the others wait in the order they came. */
export interface Turns {
  /** How many pieces of work run and wait. */
  readonly length: { readonly running: number; readonly waiting: number }
  /** Runs `work` when its turn comes. Throws the signal's reason when it is aborted before that. */
  take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

/** Turns for work that is too heavy to run all at once. */
export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0

  return {
    get length() {
      return { running, waiting: waiting.length }
    },
    async take(work, signal) {
      if (running === atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
      else running += 1
      try {
        signal?.throwIfAborted()
        return await work()
      } finally {
        // The turn goes straight to the next in line, so that nobody comes between.
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
