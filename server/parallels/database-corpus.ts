import type { Corpus, IndexedPlace } from '#domain/parallels/find-parallels.ts'
import type { Db } from '../db/database.ts'
import { findPlaces, readSlices } from '../db/parallel-index.ts'

/** Fingerprints asked for in one statement: few enough that nobody waits long for the database meanwhile. */
const ASKED_AT_ONCE = 2_000

/** The corpus as the database has it. */
export function databaseCorpus(db: Db): Corpus {
  return {
    async findPlaces(fingerprints) {
      const found = new Map<number, readonly IndexedPlace[]>()
      for (let from = 0; from < fingerprints.length; from += ASKED_AT_ONCE) {
        const some = await findPlaces(db, fingerprints.subarray(from, from + ASKED_AT_ONCE))
        for (const [fingerprint, places] of some) found.set(fingerprint, places)
      }
      return found
    },
    readSlices: (slices) => readSlices(db, slices),
  }
}
