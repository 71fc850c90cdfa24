import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { Tx } from '../db/database.ts'
import { findDocumentFacts } from '../db/readings.ts'
import { unprocessable } from './check-input.ts'

/**
 * Throws unless the actor may make these documents the reading list of the group. What stands on it is readable by
 * all members: so a document that only some groups may read is put on another's list only by who may change it.
 */
export async function checkReadings(
  tx: Tx,
  actor: Actor,
  groupId: string,
  documentIds: readonly string[],
  now: number,
): Promise<void> {
  if (new Set(documentIds).size < documentIds.length) {
    throw new AppError('unprocessable', 'A reading list names each document once.')
  }
  const facts = await findDocumentFacts(tx, documentIds)
  for (const [index, documentId] of documentIds.entries()) {
    const document = facts.get(documentId)
    if (!document || !can(actor, 'document.read', document, now)) {
      throw unprocessable([{ path: `readings.${index}`, message: 'is no document that you may read' }])
    }
    const isShared = document.visibility !== 'group' || document.groupIds.includes(groupId)
    if (!isShared && !can(actor, 'document.change', document, now)) {
      throw refuseAction(actor, 'Only its steward shares a document with another group.')
    }
  }
}
