/**
 * The shape of an edition's text.
 *
 * Canonical text is the plain text that every offset in Postil points into: UTF-16 code units, half-open
 * ranges `[start, end)`. Blocks are joined by one line feed, so block `n + 1` starts one after block `n` ends.
 * Inside a block: `\n` between lines of verse and code, tabs between the cells of a table row and `\n` between rows.
 * There is no NUL, no byte order mark, no carriage return, no lone surrogate.
 *
 * Invariant: the `textContent` of a rendered block is `text.slice(block.start, block.end)`, character for character.
 */

import type { RepairMark } from './repairs.ts'

/** A half-open range of UTF-16 code units in one canonical text. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** An inline mark: how a range inside one block is set. Ranges are offsets in the canonical text, not in the block. */
export type InlineMark = TextRange &
  (
    | {
        readonly kind:
          | 'emphasis'
          | 'strong'
          | 'code'
          | 'small-caps'
          | 'superscript'
          | 'subscript'
          | 'strikethrough'
          | 'underline'
          | 'quotation'
          /** Words that only one of two editions has, where these are set beside each other. */
          | 'added'
          | 'removed'
      }
    | { readonly kind: 'link'; readonly href: string }
    /** The mark of a footnote in running text; `label` names the footnote block. */
    | { readonly kind: 'note-reference'; readonly label: string }
    /** Names a work of the edition's list of cited works by its number; null when it is not certain which. */
    | { readonly kind: 'citation'; readonly work: number | null }
    /**
     * A printed page, or a numbered line, begins at `start`; `label` is its number as printed. The range is the first
     * character, so that it stays with the words it belongs to; what the mark shows is no part of the text.
     */
    | { readonly kind: 'page-start' | 'line-start'; readonly label: string }
  )

/** What a block is, with what only that kind has. */
export type BlockForm =
  | { readonly kind: 'heading' /** 1 is the highest. */; readonly level: 1 | 2 | 3 | 4 | 5 | 6 }
  | { readonly kind: 'paragraph' }
  /** `depth` counts quotations inside quotations, from 1. */
  | { readonly kind: 'quotation'; readonly depth: number }
  /** `depth` from 1; `ordinal` is the printed number of an ordered item, null for a bullet. */
  | {
      readonly kind: 'list-item'
      readonly depth: number
      readonly ordinal: number | null
      /** A further paragraph of the item before it: it stands under that item and has no mark of its own. */
      readonly continued?: boolean
    }
  /** `depth` counts the quotations the verse stands in; absent or 0 is none. */
  | { readonly kind: 'verse'; readonly depth?: number }
  /** Who speaks what comes next, in a play or a dialogue. */
  | { readonly kind: 'speaker' }
  | { readonly kind: 'code'; readonly language: string | null }
  | { readonly kind: 'table'; readonly headerRows: number }
  /** Its text is the description of the figure. */
  | { readonly kind: 'image'; readonly source: string | null }
  | { readonly kind: 'footnote'; readonly label: string }

/**
 * Where a block came from: a range of the decoded original, or of the named part of it. A page of a PDF is its lines in
 * the order they are read, joined by line feeds, without what repeats on every page.
 */
export interface SourcePlace extends TextRange {
  /** The file inside an archive, as its path, or `page 3` of a PDF; absent where the original is one text. */
  readonly part?: string
}

/** A mark as an importer finds it: how words are set, or where it repaired them. */
export type SourceMark = InlineMark | RepairMark

/** A block as an importer finds it: its own text and marks, with offsets inside that text. */
export interface SourceBlock {
  readonly form: BlockForm
  readonly text: string
  /** Ranges inside `text`. */
  readonly marks: readonly SourceMark[]
  /** Where in the decoded original this block came from, where the format can tell. */
  readonly source: SourcePlace | null
  /** Names by which links of other files lead to it. */
  readonly anchors?: readonly string[]
}

/** A block of an edition, placed in the canonical text. */
export interface Block extends TextRange {
  /** Position among the edition's blocks, from 0. */
  readonly index: number
  /** The number a reader cites (`p12`): counts every block that is not a heading, from 1. Headings have null. */
  readonly number: number | null
  readonly form: BlockForm
  /** The block's own slice of the canonical text. */
  readonly text: string
  /** Ranges in the canonical text, inside this block. */
  readonly marks: readonly InlineMark[]
  readonly source: SourcePlace | null
}

/** A part of an edition that is rendered, sent and addressed alone. Sections cover all blocks, in order, without overlap. */
export interface Section extends TextRange {
  /** From 1. */
  readonly number: number
  /** Index of its first block, and one past its last. */
  readonly firstBlock: number
  readonly endBlock: number
  /** The heading it opens with, or the opening words of its first block. */
  readonly title: string
  /** The printed page that goes on where it begins; left out where the source has said none yet. */
  readonly page?: string
}

/** A work that an edition cites, with the places where it does, in order. */
export interface CitedWork {
  /** From 1, in the order in which the works are first cited. */
  readonly number: number
  readonly title: string
  /** As the citations name them; empty where none does. */
  readonly authors: readonly string[]
  readonly citations: readonly TextRange[]
}

/** What an import makes of one source, before it is stored as an edition. */
export interface EditionText {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly sections: readonly Section[]
  /** Where the import repaired words and paragraphs, in the canonical text. */
  readonly repairs: readonly RepairMark[]
  /** Blocks that links of other files lead to, as their index by the name that the links use. */
  readonly anchors: ReadonlyMap<string, number>
}

/** What an importer reads from a source besides its blocks; each is null where the source does not say. */
export interface SourceDocument {
  readonly title: string | null
  readonly authors: readonly string[]
  /** A BCP 47 tag. */
  readonly language: string | null
  readonly blocks: readonly SourceBlock[]
  /** What the import left out or could not read, each in one line for the person who brought the file. */
  readonly notices?: readonly string[]
  /** Line ends that were joined. */
  readonly linesJoined?: number
}
