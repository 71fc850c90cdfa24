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

export interface LayerFacts {
  readonly kind: LayerKind
  /** The person of a private layer, else null. */
  readonly ownerId: string | null
  readonly groupIds: readonly string[]
  readonly read: 'instructors' | 'members' | 'public'
  readonly write: 'instructors' | 'members'
  /** Milliseconds since 1970, or null. */
  readonly opensAt: number | null
  readonly closesAt: number | null
}

export type ThreadState = 'draft' | 'posted' | 'deleted'

export interface ThreadFacts {
  readonly authorId: string
  readonly state: ThreadState
  readonly hidden: boolean
  readonly locked: boolean
  readonly coWritten: boolean
  readonly layer: LayerFacts
}

export interface ReplyFacts {
  readonly authorId: string
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
