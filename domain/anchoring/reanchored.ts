import type { TextRange } from '#domain/text/edition-text.ts'

/** What became of a passage; the states are those of an anchor. */
export type Reanchored = Placed | Orphaned

/** A passage that has a place in the new text. In `uncertain` it is the likeliest one, and a person must look. */
export interface Placed extends TextRange {
  readonly state: 'exact' | 'moved' | 'changed' | 'uncertain'
  /** From 0 to 1; grows with the share of the words that live on and with how well the words around them fit. */
  readonly confidence: number
  readonly reason: PlacedReason
}

/** A passage that was deleted, with the place in the new text where it was. */
export interface Orphaned {
  readonly state: 'orphaned'
  /** Between what became of the words before the passage and after it; empty where these stand together. */
  readonly gap: TextRange
  readonly confidence: number
  readonly reason: 'deleted'
}

export type PlacedReason =
  /** Equal after folding, in the same order as the text around it. */
  | 'same-words'
  /** Equal after folding, but moved against the text around it. */
  | 'same-words-elsewhere'
  /** A letter, a digit or a mark differs. */
  | 'words-differ'
  /** Too few of its words live on to call it the same passage. */
  | 'little-left'
  /** Other words stand in the place of all of its words. */
  | 'replaced'
  /** Too little around the place is what was around the passage. */
  | 'context-lost'
  /** Another place, or another passage for this place, fits nearly as well. */
  | 'second-best-near'
