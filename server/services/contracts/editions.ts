import type { Actor } from '#domain/policy/actor.ts'
import type { Block, Section, TextRange } from '#domain/text/edition-text.ts'
import type { RepairKind } from '#domain/text/repairs.ts'
import type { Document } from '#domain/wire/document.ts'
import type {
  AnchorDecision,
  AnchorList,
  AnchorQuery,
  AnchorRow,
  ComparisonQuery,
  Edition,
  EditionRepair,
  EditionReport,
  WhichAnchors,
} from '#domain/wire/edition.ts'
import type { ImportRequest } from './documents.ts'
import type { IfMatch } from './if-match.ts'

/** New editions: previewed, published, rolled back; the passages that a person must look at; two editions side by side. */
export interface EditionService {
  /** Brings in a new edition and anchors every passage in it; nobody else sees it before it is published. */
  preview(actor: Actor, documentId: string, source: EditionRequest): Promise<EditionReport>
  /** The editions that the actor may see, the newest first: previews are for whoever may change the document. */
  list(actor: Actor, documentId: string): Promise<readonly Edition[]>
  /** Previews a new edition made of the original of edition `number` with other repairs: so each can be undone. */
  repeat(actor: Actor, documentId: string, number: number, again: RepeatedImport): Promise<EditionReport>
  /** How the passages stand in an edition, everybody's that the actor may read or only their own. */
  report(actor: Actor, documentId: string, number: number, which?: WhichAnchors): Promise<EditionReport>
  /** What the import repaired, each kind with the first of its places in words. */
  repairs(actor: Actor, documentId: string, number: number): Promise<readonly EditionRepair[]>
  /** Makes it current, with what was written since the preview anchored too. Publishing twice changes nothing. */
  publish(actor: Actor, documentId: string, number: number): Promise<Document>
  /** Goes back from edition `number`, the current one, to the one before; what was written meanwhile is anchored there. */
  rollBack(actor: Actor, documentId: string, number: number): Promise<Document>
  /** Throws away a preview in which nobody marked anything. */
  discard(actor: Actor, documentId: string, number: number): Promise<void>
  anchors(actor: Actor, documentId: string, number: number, query: AnchorQuery): Promise<AnchorList>
  anchor(actor: Actor, anchorId: string): Promise<AnchorRow>
  decide(actor: Actor, anchorId: string, decision: AnchorDecision, ifMatch: IfMatch): Promise<AnchorRow>
  /** One section of edition `number` beside what stands there in edition `query.with`. */
  compare(actor: Actor, documentId: string, number: number, query: ComparisonQuery): Promise<Comparison>
  original(
    actor: Actor,
    documentId: string,
    number: number,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>
}

/** How the original of an edition shall be read again. */
export interface RepeatedImport {
  /** Of the new edition; made up when it is left out. */
  readonly id?: string
  /** The repairs to make; the others are not made. */
  readonly repairs: readonly RepairKind[]
  readonly signal?: AbortSignal
}

/** The source of a new edition; what it says of title and authors is left aside. */
export type EditionRequest = Omit<ImportRequest, 'properties'> & { readonly id?: string }

/**
 * One section of an edition (`later`, whose sections these are) beside another (`earlier`): rows in the order of the
 * later one, what was removed at its place.
 */
export interface Comparison {
  readonly document: Document
  readonly earlier: Edition
  readonly later: Edition
  readonly section: Section
  readonly sections: readonly Section[]
  readonly rows: readonly ComparisonRow[]
}

/** Blocks that stand beside each other; a side is empty where the other edition has nothing. */
export interface ComparisonRow {
  readonly earlier: readonly Block[]
  readonly later: readonly Block[]
  /** Words that only the earlier side has, as ranges in its canonical text. */
  readonly removed: readonly TextRange[]
  /** Words that only the later side has, as ranges in its canonical text. */
  readonly added: readonly TextRange[]
  /** Whether these blocks stood elsewhere: `earlier` then has the place they came from. */
  readonly moved: boolean
}
