/** Who may bring in which document. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { DocumentProperties } from '#domain/wire/document.ts'
import { listGroupFacts } from '../db/groups.ts'
import type { ServiceContext } from './context.ts'

/** Throws unless the actor may bring in a document of this visibility for these groups. */
export async function refuseImport(
  { database, now }: ServiceContext,
  actor: Actor,
  { visibility, groups }: DocumentProperties,
): Promise<void> {
  if (!can(actor, 'document.import', null, now())) {
    throw refuseAction(actor, 'Only administrators and instructors bring in documents.')
  }
  const isWide = can(actor, 'document.make-public', null, now())
  if (visibility !== 'group' && !isWide) {
    throw refuseAction(actor, 'Only an administrator makes a document readable beyond groups.')
  }
  if (groups.length === 0 && !isWide) {
    throw new AppError('unprocessable', 'Name at least one of your groups that shall read this document.')
  }
  const known = await listGroupFacts(database.db, groups)
  for (const groupId of groups) {
    const group = known.get(groupId)
    if (!group || !can(actor, 'group.read', group, now())) {
      throw new AppError('unprocessable', 'There is no such group among yours.', { group: groupId })
    }
    if (!can(actor, 'group.change-readings', group, now())) {
      throw refuseAction(actor, 'Only owners and instructors change what their group reads.')
    }
  }
}
