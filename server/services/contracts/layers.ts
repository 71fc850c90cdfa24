/** Layers, and how they lie over a document. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Layer, LayerChange } from '#domain/wire/group.ts'
import type { IfMatch } from './if-match.ts'

export interface LayerService {
  change(actor: Actor, layerId: string, change: LayerChange, ifMatch: IfMatch): Promise<Layer>
  get(actor: Actor, layerId: string): Promise<Layer>
  /** The layers that the actor may read over this document, each with the groups in whose rooms they stand. */
  forDocument(actor: Actor, documentId: string): Promise<readonly ReaderLayer[]>
}

/** A layer as the reader offers it: one row for each group that lays it over the document. */
export interface ReaderLayer {
  readonly layer: Layer
  /** `noGroup` in a private layer. */
  readonly groupId: string
  readonly groupName: string | null
  readonly mayWrite: boolean
  readonly mayReply: boolean
}
