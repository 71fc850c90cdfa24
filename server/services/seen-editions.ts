/** Which editions somebody may read, and how they are shown. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Edition, EditionState } from '#domain/wire/edition.ts'
import type { Tx } from '../db/database.ts'
import type { StoredDocument } from '../db/documents.ts'
import { type EditionRecord, findEditionRecord, findEditionRecordById } from '../db/edition-records.ts'
import { getReadableDocument } from './readable-documents.ts'

/** An edition with the document that it is one of. */
export interface SeenEdition {
  readonly stored: StoredDocument
  readonly edition: EditionRecord
}

/**
 * What was published once is read by whoever reads the document, rolled back or not, since words may have been marked
 * in it; a preview by whoever may change the document.
 */
export function maySeeEdition(
  actor: Actor,
  document: DocumentFacts,
  edition: Pick<EditionRecord, 'publishedAt' | 'rolledBackAt'>,
  now: number,
): boolean {
  const wasPublished = edition.publishedAt !== null || edition.rolledBackAt !== null
  return can(actor, wasPublished ? 'document.read' : 'document.change', document, now)
}

/** An edition that the actor may read, by its document's id or slug and its number. Throws what `refuseUnread` says otherwise. */
export async function getSeenEdition(
  tx: Tx,
  actor: Actor,
  idOrSlug: string,
  number: number,
  now: number,
): Promise<SeenEdition> {
  const stored = await getReadableDocument(tx, actor, idOrSlug, now)
  const edition = await findEditionRecord(tx, stored.document.id, number)
  if (!edition || !maySeeEdition(actor, stored.facts, edition, now)) throw refuseUnread(actor)
  return { stored, edition }
}

/** The same for whoever may change the document. Throws `forbidden` for those who may only read it. */
export async function getChangeableEdition(
  tx: Tx,
  actor: Actor,
  idOrSlug: string,
  number: number,
  now: number,
): Promise<SeenEdition> {
  const seen = await getSeenEdition(tx, actor, idOrSlug, number, now)
  requireChange(actor, seen.stored.facts, now)
  return seen
}

/** Throws `forbidden` unless the actor may change the document. */
export function requireChange(actor: Actor, document: DocumentFacts, now: number): void {
  if (!can(actor, 'document.change', document, now)) {
    throw refuseAction(actor, 'Only its steward and administrators bring in new editions.')
  }
}

/** Whether this is an edition of the document that the actor may read. */
export async function isSeenEditionOf(
  tx: Tx,
  actor: Actor,
  editionId: string,
  document: DocumentFacts & { readonly id: string },
  now: number,
): Promise<boolean> {
  const edition = await findEditionRecordById(tx, editionId)
  return edition?.documentId === document.id && maySeeEdition(actor, document, edition, now)
}

/** What has become of an edition. */
export function stateOf({ isCurrent, publishedAt, rolledBackAt }: EditionRecord): EditionState {
  if (isCurrent) return 'current'
  if (publishedAt) return 'earlier'
  return rolledBackAt ? 'rolled-back' : 'preview'
}

/** An edition as the API speaks of it. */
export function presentEdition(edition: EditionRecord): Edition {
  return {
    id: edition.id,
    number: edition.number,
    length: edition.length,
    blocks: edition.blockCount,
    state: stateOf(edition),
    format: edition.format,
    fileName: edition.fileName,
    size: edition.size,
    sha256: edition.sha256,
    notices: [...edition.notices],
    repairs: [...edition.repairs],
    createdBy: edition.createdBy,
    createdAt: edition.createdAt.toISOString(),
    publishedAt: edition.publishedAt?.toISOString() ?? null,
  }
}
