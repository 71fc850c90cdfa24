import type { DerivedNote } from '#domain/note/derived-note.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { MarginRoomRef } from '#domain/wire/feed.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import type { FeedState } from './feed.ts'

/** Margin notes: what the socket asks about them and their margins, where it leaves what it derived, and their history. */
export interface NoteService {
  /** Whether the actor may enter `note/<noteId>`, and write in it. Throws what `refuseUnread` says otherwise. */
  access(actor: Actor, noteId: string): Promise<NoteAccess>
  /** Reads what decides on who may enter `note/<noteId>` and write in it: once, however many are then asked about. */
  door(noteId: string): Promise<NoteDoor>
  /** Where the feed of this margin room stands; throws unless the actor may be in it. */
  enterMargin(actor: Actor, room: MarginRoomRef): Promise<FeedState>
  /**
   * Stores text and JSON derived from the logs of notes up to a `position` of each, of all of them or none, and tells
   * the margin rooms. Older positions change nothing.
   */
  saveDerived(notes: readonly DerivedNote[]): Promise<void>
  versions(actor: Actor, threadId: string): Promise<readonly NoteVersionRow[]>
  /**
   * Makes a thread's note say what it said in that version, live for everyone who has it open; what it said before
   * becomes a version. Resolves once it is committed. Needs the socket: `unavailable` without a running server.
   */
  restoreVersion(actor: Actor, threadId: string, number: number): Promise<ThreadWithReplies>
}

/** What somebody may do in a note that they may enter. */
export interface NoteAccess {
  readonly threadId: string
  /** Why they may not write in it, in a sentence for them; null when they may. */
  readonly whyNot: string | null
}

/** Whether the actor may enter a note, and write in it, now. Throws what `refuseUnread` says otherwise. */
export type NoteDoor = (actor: Actor) => Promise<NoteAccess>

export interface NoteVersionRow {
  readonly number: number
  readonly text: string
  readonly authors: readonly PersonRef[]
  readonly createdAt: string
}
