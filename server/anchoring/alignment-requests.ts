/** What is said between the serving thread and the thread that aligns texts. */
import type { Reanchored } from '#domain/anchoring/reanchored.ts'
import type { ComparedRow } from '#domain/comparison/compare-section.ts'
import type { TextRange } from '#domain/text/edition-text.ts'

/** Two editions by their ids: passages go from `from` to `to`, and in a comparison `from` is the earlier side. */
export interface EditionPair {
  readonly from: string
  readonly to: string
}

/** An edition's text, and where each of its blocks begins. */
export interface AlignableText {
  readonly text: string
  readonly blockStarts: Int32Array
}

/** What may be asked of an aligned pair. */
export type AlignmentTask =
  | { readonly kind: 'reanchor'; readonly passages: readonly TextRange[] }
  | { readonly kind: 'compare'; readonly section: { readonly firstBlock: number; readonly endBlock: number } }

/** What each task answers. */
export interface AlignmentResults {
  readonly reanchor: readonly Reanchored[]
  readonly compare: readonly ComparedRow[]
}

export interface AlignmentRequest {
  /** Counts the requests of one thread. */
  readonly number: number
  readonly pair: EditionPair
  readonly task: AlignmentTask
  /** Left out when the thread may still have the alignment; it says when it has not. */
  readonly texts?: { readonly from: AlignableText; readonly to: AlignableText }
}

export type AlignmentAnswer = { readonly number: number } & (
  | { readonly kind: 'texts-wanted' }
  | { readonly kind: 'done'; readonly result: AlignmentResults[AlignmentTask['kind']] }
  | { readonly kind: 'failed'; readonly message: string }
)
