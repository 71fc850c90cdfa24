/** Secret links: of the first setup, and into groups. Only a hash of the secret is kept. */
import type { Role } from '#domain/policy/actor.ts'
import { role } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'

/** A link as it is kept. */
export interface NewInvitationRow {
  readonly id: string
  readonly kind: 'setup' | 'group'
  readonly hash: string
  readonly groupId: string | null
  readonly role: Role | null
  readonly createdById: string | null
  /** Whom it is sent to; left out of a link that is passed on by hand. */
  readonly email?: string | null
  readonly createdAt: number
  readonly expiresAt: number
  /** Null is without limit. */
  readonly usesLeft: number | null
}

/** Keeps a link. */
export async function insertInvitation(tx: Tx, invitation: NewInvitationRow): Promise<void> {
  await tx.invitation.create({
    data: {
      ...invitation,
      createdAt: new Date(invitation.createdAt),
      expiresAt: new Date(invitation.expiresAt),
    },
  })
}

/** The group that a link leads into, and the role it gives; null when it leads nowhere, or not any more. */
export async function findGroupInvitation(
  tx: Tx,
  hash: string,
  now: number,
): Promise<{ id: string; groupId: string; groupSlug: string; groupName: string; role: Role } | null> {
  const row = await tx.invitation.findFirst({
    where: { hash, kind: 'group', ...stillValid(now), group: { archivedAt: null } },
    include: { group: { select: { id: true, slug: true, name: true } } },
  })
  if (!row?.group) return null
  const { id, slug, name } = row.group
  return { id: row.id, groupId: id, groupSlug: slug, groupName: name, role: role.parse(row.role) }
}

/** Uses a link once; false when it is not valid (any more). Of two who use the last one at once, one gets false. */
export async function takeInvitation(
  tx: Tx,
  hash: string,
  kind: 'setup' | 'group',
  now: number,
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { hash, kind, ...stillValid(now) },
    // Null, which is without limit, stays null.
    data: { usesLeft: { decrement: 1 } },
  })
  return count > 0
}

/** A link into a group that is still valid. */
export interface ValidInvitation {
  readonly id: string
  readonly role: Role
  readonly email: string | null
  readonly createdById: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  /** Null is without limit. */
  readonly usesLeft: number | null
}

/** The links into a group that are still valid, the newest first. */
export async function listGroupInvitations(tx: Tx, groupId: string, now: number): Promise<ValidInvitation[]> {
  const rows = await tx.invitation.findMany({
    where: { groupId, kind: 'group', ...stillValid(now) },
    select: {
      id: true,
      role: true,
      email: true,
      createdById: true,
      createdAt: true,
      expiresAt: true,
      usesLeft: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, role: role.parse(row.role) }))
}

/** Makes a link into a group invalid. */
export async function revokeInvitation(tx: Tx, id: string, now: number): Promise<void> {
  await tx.invitation.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(now) } })
}

/** Whether a setup link is valid, which leaves it so. */
export async function isSetupLink(tx: Tx, hash: string, now: number): Promise<boolean> {
  return (await tx.invitation.count({ where: { hash, kind: 'setup', ...stillValid(now) } })) > 0
}

/** Makes the setup links of earlier starts invalid. */
export async function revokeSetupLinks(tx: Tx, now: number): Promise<void> {
  await tx.invitation.updateMany({
    where: { kind: 'setup', revokedAt: null },
    data: { revokedAt: new Date(now) },
  })
}

const stillValid = (now: number) => ({
  revokedAt: null,
  expiresAt: { gt: new Date(now) },
  OR: [{ usesLeft: null }, { usesLeft: { gt: 0 } }],
})
