/** TipTap JSON of a margin note or a reply: what the note schema allows, and nothing else. */

export type NoteMark =
  | { readonly type: 'bold' }
  | { readonly type: 'italic' }
  | { readonly type: 'link'; readonly attrs: { readonly href: string } }

export interface NoteText {
  readonly type: 'text'
  readonly text: string
  readonly marks?: readonly NoteMark[]
}

export type NoteInline = NoteText | { readonly type: 'hardBreak' }

export type NoteBlock =
  | { readonly type: 'paragraph'; readonly content?: readonly NoteInline[] }
  | { readonly type: 'blockquote'; readonly content: readonly NoteBlock[] }
  | { readonly type: 'bulletList'; readonly content: readonly NoteListItem[] }
  | {
      readonly type: 'orderedList'
      readonly attrs?: { readonly start: number }
      readonly content: readonly NoteListItem[]
    }

export interface NoteListItem {
  readonly type: 'listItem'
  readonly content: readonly NoteBlock[]
}

export interface NoteJson {
  readonly type: 'doc'
  readonly content: readonly NoteBlock[]
}

/** The schema that notes are written in now. A client says which it has; an older one may only read. */
export const noteSchemaVersion = 1

/** A note without words. */
export const emptyNote: NoteJson = { type: 'doc', content: [{ type: 'paragraph' }] }
