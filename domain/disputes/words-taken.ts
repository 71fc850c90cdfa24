/** Which words of a position its holders took up: rewording keeps a stance, and may change what it says. */
import type { Happening } from './happening.ts'

/** What is read of a row of the history. */
export interface WordingRow {
  readonly by: { readonly id: string }
  readonly what: Happening
}

/** How a position read when a person took the stance they have now; null where it reads the same today. */
export type WordsTaken = (personId: string, positionId: string) => string | null

/** Reads it off a history that is given in its order. Who holds nothing of a position took no words of it: null too. */
export function wordsTaken(history: readonly WordingRow[]): WordsTaken {
  const statements = new Map<string, string>()
  const taken = new Map<string, ReadonlyMap<string, string>>()
  for (const { by, what } of history) {
    if (what.kind === 'position') statements.set(what.positionId, what.statement)
    if (what.kind === 'position-reworded') statements.set(what.positionId, what.to)
    if (what.kind === 'stance') {
      taken.set(by.id, new Map(what.positions.map(({ id }) => [id, statements.get(id) ?? ''])))
    }
  }
  return (personId, positionId) => {
    const words = taken.get(personId)?.get(positionId) ?? null
    return words === statements.get(positionId) ? null : words
  }
}
