/** What the server hands to the reader page. Plain values: they cross from the server to the browser. */
import type { WrittenAt } from '#components/client/offline/unsent-entry.ts'
import type { Preferences } from '#components/ui/preferences.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { EditionRef } from '#domain/wire/shared.ts'

/** A layer over the document as this reader may use it, in the room of one group. */
export interface RoomChoice {
  /** The name of its margin room. */
  readonly name: string
  readonly layerId: string
  readonly groupId: string | null
  /** What the group is called; null where there is none. */
  readonly groupName: string | null
  readonly kind: 'private' | 'discussion' | 'commentary' | 'custom'
  readonly layerName: string
  /** What the interface calls it, group included where there is one. */
  readonly label: string
  /** Which of the six layer colours it speaks in. */
  readonly color: number
  readonly mayWrite: boolean
  readonly mayReply: boolean
  /** When it is written in; null is without limit. */
  readonly opensAt: string | null
  readonly closesAt: string | null
  /**
   * Others' notes are covered: until so many of this person's own are posted in the document, or (null) until an
   * instructor reveals them. Null where nothing is covered.
   */
  readonly covers: { readonly ownNotes: { readonly posted: number; readonly needed: number } | null } | null
}

export interface SectionLink extends TextRange {
  readonly number: number
  readonly title: string
  /** The printed page that goes on where it begins, where the source says so. */
  readonly page?: string
}

/** Where the reader was asked to open. */
export type ReaderTarget =
  | { readonly kind: 'none' }
  /** Where the person stopped the last time. */
  | { readonly kind: 'resumed'; readonly offset: number }
  | { readonly kind: 'passage'; readonly range: TextRange }
  /** With `isWriting` its note is opened for writing again. */
  | { readonly kind: 'thread'; readonly threadId: string; readonly isWriting: boolean }

export interface ReaderData {
  readonly document: {
    readonly id: string
    readonly slug: string
    readonly title: string
    readonly authors: readonly string[]
    /** The edition on view: all offsets of the page are in its text. */
    readonly edition: EditionRef
    /** The current one as the page was opened; another may have been published since. */
    readonly current: EditionRef
  }
  readonly section: SectionLink
  readonly sections: readonly SectionLink[]
  readonly rooms: readonly RoomChoice[]
  /** Null for a reader who is not signed in. */
  readonly me: { readonly id: string; readonly name: string } | null
  /** Threads and replies of others after this instant are new to this person. */
  readonly unreadSince: string
  readonly target: ReaderTarget
  /** How many of this person's own notes are uncertain in the current edition. */
  readonly ownUncertain: number
  readonly preferences: Preferences
}

/** The number that addresses name the edition on view by, when it is not the current one; else null. */
export function olderEdition({ edition, current }: ReaderData['document']): number | null {
  return edition.number === current.number ? null : edition.number
}

/** Where something written on this page, in a room of it, stands: for whoever looks for it elsewhere. */
export function whereOf({ document: { id, slug, title } }: ReaderData, room: RoomChoice | null): WrittenAt {
  const where = { documentId: id, slug, title }
  if (!room) return where
  const { groupId, groupName } = room
  return { ...where, group: groupId === null ? null : { id: groupId, name: groupName ?? '' } }
}

const colors = 6

/** The colours of layers in the order given: the private layer always has the first, others take the rest in turn. */
export function assignColors(
  layerIds: readonly string[],
  privateLayerId: string | null,
): Map<string, number> {
  const others = [...new Set(layerIds)].filter((id) => id !== privateLayerId)
  const taken = new Map(others.map((id, index) => [id, (index % (colors - 1)) + 2]))
  if (privateLayerId !== null) taken.set(privateLayerId, 1)
  return taken
}
