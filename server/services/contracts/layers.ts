/** Layers, and how they lie over a document. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Layer, LayerChange, NewLayer } from '#domain/wire/group.ts'
import type { IfMatch } from './if-match.ts'

export interface LayerService {
  /** Lays a new layer over a group, by id or slug, and over others that the actor teaches. */
  add(actor: Actor, groupIdOrSlug: string, layer: NewLayer): Promise<Layer>
  change(actor: Actor, layerId: string, change: LayerChange, ifMatch: IfMatch): Promise<Layer>
  /** Uncovers a blind layer for everybody. */
  reveal(actor: Actor, layerId: string): Promise<Layer>
  get(actor: Actor, layerId: string): Promise<Layer>
  /** In how many milliseconds the next layer opens or closes; null when none will. */
  nextTurn(): Promise<number | null>
  /** What of a layer is read as a page of its own: its documents that the actor may read, with how many notes each has. */
  readings(actor: Actor, layerId: string): Promise<LayerReadings>
  /** The layers that the actor may read over this document, each with the groups in whose rooms they stand. */
  forDocument(actor: Actor, documentId: string): Promise<readonly ReaderLayer[]>
}

/** A layer with the documents it says something about, by title. */
export interface LayerReadings {
  readonly layer: Layer
  readonly documents: readonly {
    readonly id: string
    readonly slug: string
    readonly title: string
    readonly notes: number
  }[]
}

/** A layer as the reader offers it: one row for each group that lays it over the document. */
export interface ReaderLayer {
  readonly layer: Layer
  /** `noGroup` in a private layer. */
  readonly groupId: string
  readonly groupName: string | null
  readonly mayWrite: boolean
  readonly mayReply: boolean
  readonly mayModerate: boolean
  /**
   * What a blind layer covers for this actor: others' notes, until so many of their own are posted in the document
   * (`ownNotes` null: until an instructor reveals them). Null when nothing is covered.
   */
  readonly covers: {
    readonly ownNotes: { readonly posted: number; readonly needed: number } | null
  } | null
}
