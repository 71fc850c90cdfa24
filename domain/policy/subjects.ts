/** What is asked about: the facts that a decision rests on, and no more. */

/** Who may open a document. */
export type Visibility = 'public' | 'signed-in' | 'group'

export interface DocumentFacts {
  readonly visibility: Visibility
  readonly stewardId: string | null
  /** Groups whose reading list has it. */
  readonly groupIds: readonly string[]
  readonly withdrawn: boolean
}

/** Two passages that share words: the documents that they stand in. */
export interface ParallelFacts {
  readonly here: DocumentFacts
  readonly there: DocumentFacts
}

export type LayerKind = 'private' | 'discussion' | 'commentary' | 'custom'

/**
 * On what condition others' notes are seen in a layer: once one has posted so many of one's own in a document (what
 * was reached stays reached), or once an instructor reveals them.
 */
export type Blind = { readonly untilOwnNotes: number } | { readonly untilRevealed: true }

export interface LayerFacts {
  readonly kind: LayerKind
  /** The person of a private layer, else null. */
  readonly ownerId: string | null
  readonly groupIds: readonly string[]
  /** Those of its groups that are archived. */
  readonly archivedGroupIds: readonly string[]
  readonly read: 'instructors' | 'members' | 'public'
  readonly write: 'instructors' | 'members'
  /** Milliseconds since 1970, or null. */
  readonly opensAt: number | null
  readonly closesAt: number | null
  /** Null where everybody sees everything, as once a blind layer is revealed. */
  readonly blind: Blind | null
}

export type ThreadState = 'draft' | 'posted' | 'deleted'

export interface ThreadFacts {
  readonly authorId: string
  readonly state: ThreadState
  readonly hidden: boolean
  readonly locked: boolean
  readonly coWritten: boolean
  /** Whether its author moderates one of the layer's groups. Told in a blind layer alone. */
  readonly byInstructor: boolean
  /** Who has posted enough of their own in its document to see it. Told in a blind layer alone. */
  readonly seenBy: readonly string[]
  readonly layer: LayerFacts
}

export interface ReplyFacts {
  readonly authorId: string
  /** Whether its author moderates one of the layer's groups. Told in a blind layer alone. */
  readonly byInstructor: boolean
  readonly hidden: boolean
  readonly groupId: string | null
  readonly thread: ThreadFacts
}

export interface DisputeFacts {
  readonly thread: ThreadFacts
  readonly raisedById: string
}

export interface GroupFacts {
  readonly id: string
  readonly archived: boolean
}
