/** Which rows of a note's log are known here. Rows are committed in the order of their positions. */
import type { AppendedRows } from '../db/append-note-updates.ts'

/** Rows that were appended here after rows of other servers that are not known here yet. */
interface Ahead {
  readonly before: bigint
  readonly end: bigint
}

/** What is known of one log. */
export class KnownLog {
  #position: bigint
  /** Ascending. */
  readonly #ahead: Ahead[] = []

  /** `positions` are those that are known to begin with, and none before them is missing. */
  constructor(positions: readonly bigint[]) {
    this.#position = highest(positions)
  }

  /** Of the last row before which none is unknown. */
  get position(): bigint {
    return this.#position
  }

  /** Whether something was appended here after rows that are not known here yet. */
  get isMissingRows(): boolean {
    return this.#ahead.length > 0
  }

  /** Takes note of rows that were appended here. */
  append({ before, positions }: AppendedRows): void {
    this.#ahead.push({ before, end: positions.at(-1) ?? before })
    this.goOn(this.#position)
  }

  /** Takes note that everything up to `position` is known, and with it what was appended here right after it. */
  goOn(position: bigint): void {
    this.#position = highest([this.#position, position])
    for (let next = this.#ahead[0]; next && next.before <= this.#position; next = this.#ahead[0]) {
      this.#position = highest([this.#position, next.end])
      this.#ahead.shift()
    }
  }
}

/** `Math.max` knows no bigint. */
function highest(positions: readonly bigint[]): bigint {
  let last = 0n
  for (const position of positions) if (position > last) last = position
  return last
}
