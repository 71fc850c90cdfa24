/** What the notes of positions said before, and bringing a wording back. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { findNoteVersion, listNoteVersions } from '../db/notes.ts'
import type { ServiceContext } from './context.ts'
import type { NoteVersionRow } from './contracts/notes.ts'
import { findSeenDispute, type SeenDispute } from './dispute-access.ts'
import type { NoteWriter } from './note-writer.ts'
import { toThreadFacts } from './present-thread.ts'
import { requirePerson } from './thread-access.ts'

/** The versions, oldest first. Who wrote one held the position then: covered where stances are. */
export async function listPositionVersions(
  context: ServiceContext,
  actor: Actor,
  disputeId: string,
  positionId: string,
): Promise<NoteVersionRow[]> {
  const { thread } = await findPosition(context, actor, disputeId, positionId)
  const facts = toThreadFacts(thread)
  const now = context.now()
  const versions = await listNoteVersions(context.database.db, positionId)
  return versions.map(({ authors, createdAt, ...version }) => ({
    ...version,
    authors: authors.filter(({ id }) => can(actor, 'stance.read', { ...facts, holderId: id }, now)),
    createdAt: createdAt.toISOString(),
  }))
}

/** Lets a position's note say again what it said in a version. Only for those who hold the position. */
export async function restorePositionNote(
  context: ServiceContext,
  writer: NoteWriter,
  actor: Actor,
  { disputeId, positionId, number }: { disputeId: string; positionId: string; number: number },
): Promise<void> {
  const { dispute, thread } = await findPosition(context, actor, disputeId, positionId)
  requirePerson(actor)
  const stance = dispute.stances.find(({ person }) => person.id === actor.userId)
  const holds = stance?.positions.some(({ id }) => id === positionId) ?? false
  if (!can(actor, 'position.write', { ...toThreadFacts(thread), holds }, context.now())) {
    throw refuseAction(actor, 'Only who holds a position writes in its note.')
  }
  const version = await findNoteVersion(context.database.db, positionId, number)
  if (!version) throw new AppError('not-found', 'This note has no such version.')
  await writer.replaceContent({ noteId: positionId, threadId: thread.id }, version.json, actor)
}

async function findPosition(
  { database, now }: ServiceContext,
  actor: Actor,
  disputeId: string,
  positionId: string,
): Promise<SeenDispute> {
  const seen = await findSeenDispute(database.db, actor, disputeId, now())
  if (!seen.dispute.positions.some(({ id }) => id === positionId)) throw refuseUnread(actor)
  return seen
}
