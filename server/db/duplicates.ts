/** What to do when two requests insert the same key at once. */
import { isTaken } from './is-taken.ts'

/** Each time one of those who insert at once gets through: so many of them do. */
const attempts = 30

/**
 * Runs `work` again from its start when it inserted a key that somebody else had inserted in the meantime, so that
 * the second run finds that row and decides by it. `work` must be a whole transaction.
 */
export async function retryOnDuplicate<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isTaken(error) || attempt === attempts) throw error
    }
  }
}
