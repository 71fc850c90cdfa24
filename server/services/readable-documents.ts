/** Which documents an actor may read: the policy asked about one, and translated for a list. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { DocumentFacts, Visibility } from '#domain/policy/subjects.ts'
import type { Tx } from '../db/database.ts'
import { type DocumentFilter, findDocument, type StoredDocument } from '../db/documents.ts'
import { findNamedDocumentSubject } from '../db/subjects.ts'

/**
 * A document that the actor may read, by its id or slug. Throws what `refuseUnread` says otherwise, after one statement
 * whether there is such a document or not.
 */
export async function getReadableDocument(
  tx: Tx,
  actor: Actor,
  idOrSlug: string,
  now: number,
): Promise<StoredDocument> {
  const facts = await findNamedDocumentSubject(tx, idOrSlug)
  if (!facts || !can(actor, 'document.read', facts, now)) throw refuseUnread(actor)
  const stored = await findDocument(tx, idOrSlug)
  if (!stored) throw refuseUnread(actor)
  return stored
}

const visibilities: readonly Visibility[] = ['public', 'signed-in', 'group']
const strange: DocumentFacts = { visibility: 'group', stewardId: null, groupIds: [], withdrawn: false }

/** `document.read` as a filter: the policy is asked which single fact is enough for this actor. */
export function toDocumentFilter(actor: Actor, now: number): DocumentFilter {
  const mayRead = (facts: Partial<DocumentFacts>) =>
    can(actor, 'document.read', { ...strange, ...facts }, now)
  if (mayRead({ withdrawn: true })) return 'all'
  const person = actor.kind === 'person' ? actor : null
  return {
    visibilities: visibilities.filter((visibility) => mayRead({ visibility })),
    groupIds: Object.keys(person?.memberships ?? {}).filter((groupId) => mayRead({ groupIds: [groupId] })),
    stewardId: person && mayRead({ stewardId: person.userId }) ? person.userId : null,
  }
}
