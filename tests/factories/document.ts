/** Documents for tests and the sample data. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Document, DocumentProperties, SourceFormat } from '#domain/wire/document.ts'
import type { Services } from '#server/services/services.ts'

/** What may be said of a document; the rest is made up. */
export interface DocumentOptions extends Partial<DocumentProperties> {
  /** The source; `sampleText` when it is left out. */
  readonly text?: string
  readonly format?: SourceFormat
}

/** A few paragraphs with a heading, a repeated phrase, accents and an emoji. */
export const sampleText = `On Walking Slowly
=================

Whoever walks slowly sees the hedge, and whoever sees the hedge
sees the wren in it.

A friend asked me why I stop so often. “To look,” I said; and she,
who had a train to catch, laughed 🐦 and went on to the café.

The hedge does not mind. The wren does not mind. Only the timetable
minds, and a timetable has never seen a wren.
`

/** A document that `actor` brought in: public, unless said otherwise. */
export async function aDocument(
  services: Pick<Services, 'documents'>,
  actor: Actor,
  { text = sampleText, format = 'txt', ...properties }: DocumentOptions = {},
): Promise<Document> {
  return services.documents.importDocument(actor, {
    bytes: new TextEncoder().encode(text),
    format,
    properties: { visibility: 'public', groups: [], ...properties },
  })
}
