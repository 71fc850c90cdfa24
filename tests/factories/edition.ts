/** Editions for tests. */
import type { Actor } from '#domain/policy/actor.ts'
import type { EditionReport } from '#domain/wire/edition.ts'
import type { Services } from '#server/services/services.ts'

/** A new edition of a document, in preview, as plain text. */
export async function anEdition(
  services: Pick<Services, 'editions'>,
  actor: Actor,
  documentId: string,
  text: string,
): Promise<EditionReport> {
  return services.editions.preview(actor, documentId, {
    bytes: new TextEncoder().encode(text),
    format: 'txt',
  })
}
