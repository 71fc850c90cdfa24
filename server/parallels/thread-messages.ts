/** What is said between the serving thread and the thread that reads texts for parallels. */
import type { FoundParallel, IndexedPlace, TextSlice } from '#domain/parallels/find-parallels.ts'
import type { IndexedPlaces } from '#domain/parallels/fingerprints.ts'

export type ToThread =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'find'; readonly text: string; readonly ownText: number }
  | { readonly kind: 'places'; readonly places: ReadonlyMap<number, readonly IndexedPlace[]> }
  | { readonly kind: 'slices'; readonly texts: readonly (string | null)[] }

export type FromThread =
  | { readonly kind: 'read'; readonly words: number; readonly places: IndexedPlaces }
  | { readonly kind: 'found'; readonly parallels: readonly FoundParallel[] }
  | { readonly kind: 'places-wanted'; readonly fingerprints: Int32Array }
  | { readonly kind: 'slices-wanted'; readonly slices: readonly TextSlice[] }
  | { readonly kind: 'failed'; readonly message: string }
