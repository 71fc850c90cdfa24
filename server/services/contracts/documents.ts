/** The corpus: documents brought in, read and searched. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Block, CitedWork, Section, TextRange } from '#domain/text/edition-text.ts'
import type { RepairKind } from '#domain/text/repairs.ts'
import type {
  CollectionProperties,
  Document,
  DocumentChange,
  DocumentProperties,
  EditionSummary,
  ImportedCollection,
  ImportedDocument,
  SourceFormat,
} from '#domain/wire/document.ts'
import type { Page } from '#domain/wire/shared.ts'
import type { CollectionSource } from '../../import/collection/collection.ts'
import type { IfMatch } from './if-match.ts'

export interface DocumentService {
  /** Brings a document in. Nothing of it exists for anyone until it is whole. */
  importDocument(actor: Actor, source: ImportRequest): Promise<ImportedDocument>
  /**
   * Brings in every text of a folder or ZIP, links between them included. Each file stands by itself: one that is
   * refused leaves nothing and the others come in; what makes the whole suspect refuses all. Sent again with the same
   * `id` it makes what is lacking and answers the same documents; throws `conflict` when the id was sent with another.
   */
  importCollection(actor: Actor, collection: CollectionRequest): Promise<ImportedCollection>
  list(actor: Actor, query: { limit: number; cursor?: string; q?: string }): Promise<Page<Document>>
  get(actor: Actor, documentIdOrSlug: string): Promise<Document>
  change(actor: Actor, documentId: string, change: DocumentChange, ifMatch: IfMatch): Promise<Document>
  withdraw(actor: Actor, documentId: string, ifMatch: IfMatch): Promise<void>
  /** The canonical text of the current edition, or of edition `number`. */
  text(actor: Actor, documentId: string, number?: number): Promise<string>
  original(
    actor: Actor,
    documentId: string,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>
  /**
   * What the reader page shows: one section with its blocks, and the way to the others. Section numbers from 1. Of the
   * current edition, or of edition `number`; a preview is read by those who may change the document.
   */
  readSection(
    actor: Actor,
    slug: string,
    at: { section: number } | { offset: number } | { paragraph: number },
    number?: number,
  ): Promise<SectionView>
  /** Where a printed page begins, by its number as printed, in the current edition or in edition `number`. */
  findPage(actor: Actor, slug: string, label: string, number?: number): Promise<number>
  /** Where `words` stand in the whole edition, folded as quotes are matched; at most `limit` finds. */
  find(
    actor: Actor,
    documentId: string,
    words: string,
    limit: number,
    number?: number,
  ): Promise<{ total: number; finds: readonly Find[] }>
}

export interface ImportRequest {
  readonly bytes: Uint8Array
  /** Left out: told from the file name, the content type and the bytes. */
  readonly format?: SourceFormat
  readonly fileName?: string
  readonly contentType?: string
  readonly properties: DocumentProperties
  /** The repairs to make; all when left out. */
  readonly repairs?: readonly RepairKind[]
  readonly signal?: AbortSignal
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

export interface CollectionRequest {
  readonly source: CollectionSource
  readonly properties: CollectionProperties
  readonly repairs?: readonly RepairKind[]
  readonly signal?: AbortSignal
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

export interface SectionView {
  readonly document: Document
  /** The edition that the section belongs to; the current one is `document.edition`. */
  readonly edition: EditionSummary
  readonly section: Section
  /** All sections, for the way to the next and the table of contents. */
  readonly sections: readonly Section[]
  readonly blocks: readonly Block[]
  readonly contents: readonly ContentsEntry[]
  /** The works that the whole edition cites. */
  readonly works: readonly CitedWork[]
}

/** A line of the table of contents. */
export interface ContentsEntry {
  readonly title: string
  readonly level: number
  readonly blockIndex: number
  readonly section: number
}

/** A place where searched words stand, with a little of what is around them. */
export interface Find extends TextRange {
  readonly section: number
  readonly paragraph: number | null
  readonly before: string
  readonly match: string
  readonly after: string
}
