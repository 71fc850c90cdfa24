/** Groups and their members. */
import type { Role } from '#domain/policy/actor.ts'
import type { GroupFacts } from '#domain/policy/subjects.ts'
import { type Group, role } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { listLayers, type StoredLayer } from './layers.ts'

/** A group with all that is in it; its layers with what decides who sees them. */
export interface StoredGroup {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly archived: boolean
  readonly version: number
  readonly bodyHash: string | null
  readonly layers: readonly StoredLayer[]
  readonly readings: Group['readings']
  readonly members: Group['members']
}

/** What decides who may read the group with this id, else the one with this slug; null when there is none. */
export async function findGroupFacts(tx: Tx, idOrSlug: string): Promise<GroupFacts | null> {
  const rows = await tx.group.findMany({
    where: { OR: [{ id: idOrSlug }, { slug: idOrSlug }] },
    select: { id: true, archivedAt: true },
  })
  const row = rows.find(({ id }) => id === idOrSlug) ?? rows[0]
  return row ? toGroupFacts(row) : null
}

const toGroupFacts = ({ id, archivedAt }: { id: string; archivedAt: Date | null }): GroupFacts => ({
  id,
  archived: archivedAt !== null,
})

/** The group with this id, else the one with this slug, or null. */
export async function findGroup(tx: Tx, idOrSlug: string): Promise<StoredGroup | null> {
  const row =
    (await tx.group.findUnique({ where: { id: idOrSlug }, include: content })) ??
    (await tx.group.findUnique({ where: { slug: idOrSlug }, include: content }))
  if (!row) return null
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    archived: row.archivedAt !== null,
    version: row.version,
    bodyHash: row.bodyHash,
    layers: await listLayers(tx, { userId: null, groupIds: [row.id] }),
    readings: row.readings.map(({ document }) => ({
      documentId: document.id,
      slug: document.slug,
      title: document.title,
    })),
    members: row.memberships.map((membership) => ({
      user: membership.user,
      role: role.parse(membership.role),
      joinedAt: membership.joinedAt.toISOString(),
      muted: membership.mutedAt !== null,
    })),
  }
}

const content = {
  memberships: {
    include: { user: { select: { id: true, name: true } } },
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
  },
  readings: {
    where: { document: { withdrawnAt: null, currentEditionId: { not: null } } },
    include: { document: { select: { id: true, slug: true, title: true } } },
    orderBy: [{ position: 'asc' }, { addedAt: 'asc' }],
  },
} satisfies Prisma.GroupInclude

/** The groups of these ids: id, slug and name, by name. */
export async function listGroupNames(
  tx: Tx,
  groupIds: readonly string[],
): Promise<{ id: string; slug: string; name: string }[]> {
  return tx.group.findMany({
    where: { id: { in: [...groupIds] } },
    select: { id: true, slug: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}

/** Slugs of groups that begin with `base`. */
export async function listGroupSlugsLike(tx: Tx, base: string): Promise<Set<string>> {
  const rows = await tx.group.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } })
  return new Set(rows.map((row) => row.slug))
}

/** Makes an empty group. */
export async function insertGroup(
  tx: Tx,
  group: { id: string; slug: string; name: string; bodyHash: string; now: number },
): Promise<void> {
  const { now, ...row } = group
  await tx.group.create({ data: { ...row, createdAt: new Date(now) } })
}

/**
 * Counts the group's version up, and with that keeps every other change of this group waiting until the
 * transaction ends: what is read of the group afterwards stays true until then.
 */
export async function lockGroup(tx: Tx, groupId: string): Promise<void> {
  await tx.group.updateMany({ where: { id: groupId }, data: { version: { increment: 1 } } })
}

/** Renames a group. */
export async function renameGroup(tx: Tx, groupId: string, name: string): Promise<void> {
  await tx.group.update({ where: { id: groupId }, data: { name } })
}

/** Archives a group, or with null brings it back into use. */
export async function setArchived(tx: Tx, groupId: string, archivedAt: Date | null): Promise<void> {
  await tx.group.update({ where: { id: groupId }, data: { archivedAt } })
}

/** What decisions about these groups rest on, by id; ids of no group are left out. */
export async function listGroupFacts(tx: Tx, groupIds: readonly string[]): Promise<Map<string, GroupFacts>> {
  const rows = await tx.group.findMany({
    where: { id: { in: groupIds.filter((id) => !id.includes('\0')) } },
    select: { id: true, archivedAt: true },
  })
  return new Map(rows.map((row) => [row.id, toGroupFacts(row)]))
}

/** Lets a member write no more, or with null write again. */
export async function setMuted(tx: Tx, groupId: string, userId: string, mutedAt: Date | null): Promise<void> {
  await tx.membership.update({ where: { groupId_userId: { groupId, userId } }, data: { mutedAt } })
}

/** Makes a person a member; false when they are one already, whatever their role. */
export async function insertMember(
  tx: Tx,
  member: { groupId: string; userId: string; role: Role; now: number },
): Promise<boolean> {
  const { now, ...row } = member
  const { count } = await tx.membership.createMany({
    data: [{ ...row, joinedAt: new Date(now) }],
    skipDuplicates: true,
  })
  return count > 0
}

/** Gives a member another role. */
export async function updateRole(tx: Tx, groupId: string, userId: string, to: Role): Promise<void> {
  await tx.membership.update({ where: { groupId_userId: { groupId, userId } }, data: { role: to } })
}

/** Ends a membership. */
export async function deleteMember(tx: Tx, groupId: string, userId: string): Promise<void> {
  await tx.membership.delete({ where: { groupId_userId: { groupId, userId } } })
}
