/**
 * When the next save begins: long enough after the last to share a look, a commit and a frame among many keystrokes,
 * soon enough that nobody sees it. Whoever writes alone, after a pause, waits for nothing but the database.
 */

const shortestGatherMs = 25
const longestGatherMs = 50
/** The more people a save is told to, the longer the next one waits for more to tell. */
const gatherMsForEach = 5

/** The pace of one queue. */
export class SavePace {
  #beganAt = 0
  #gatherMs = shortestGatherMs
  #isHurried = false
  #waitNoLonger: () => void = () => {}

  /** Resolves when it is time: a turn later at least, so that everything that arrived together is saved together. */
  next(): Promise<void> {
    const waitMs = this.#isHurried ? 0 : this.#beganAt + this.#gatherMs - performance.now()
    return new Promise((resolve) => {
      this.#waitNoLonger = resolve
      if (waitMs > 0) setTimeout(resolve, waitMs)
      else setImmediate(resolve)
    })
  }

  /** A save begins. */
  begin(): void {
    this.#beganAt = performance.now()
    this.#isHurried = false
  }

  /** The last save was told to so many. */
  told(people: number): void {
    this.#gatherMs = Math.min(longestGatherMs, Math.max(shortestGatherMs, people * gatherMsForEach))
  }

  /** The next save is not to wait. */
  hurry(): void {
    this.#isHurried = true
    this.#waitNoLonger()
  }
}
