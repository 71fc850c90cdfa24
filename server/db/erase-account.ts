/** What goes with a deleted account, and what stays without its person. */
import type { Tx } from './database.ts'

const batch = 25

/** What stands where the name of a deleted account stood. */
export const formerName = 'Former reader'

/**
 * Erases some of what only this person could read, their private notes and drafts; answers whether there is more. In
 * batches, since each takes its notes' whole history along, and everyone else waits meanwhile.
 */
export async function eraseSomePrivateThreads(tx: Tx, userId: string): Promise<boolean> {
  const threads = await tx.thread.findMany({
    where: { OR: [{ layer: { ownerId: userId } }, { authorId: userId, state: 'draft' }] },
    select: { id: true },
    take: batch,
  })
  await tx.thread.deleteMany({ where: { id: { in: threads.map(({ id }) => id) } } })
  return threads.length === batch
}

/** Groups that this person alone owns, with whether anybody else is in them. */
export async function listSolelyOwned(
  tx: Tx,
  userId: string,
): Promise<{ id: string; name: string; hasOthers: boolean }[]> {
  const rows = await tx.group.findMany({
    where: {
      archivedAt: null,
      memberships: { some: { userId, role: 'owner' }, none: { userId: { not: userId }, role: 'owner' } },
    },
    select: { id: true, name: true, _count: { select: { memberships: true } } },
  })
  return rows.map(({ id, name, _count }) => ({ id, name, hasOthers: _count.memberships > 1 }))
}

/**
 * Takes the person out of their account: name, address and every way in. Their private layer and memberships go, their
 * documents stay without a steward, groups that nobody else is in are archived.
 */
export async function makeFormer(tx: Tx, userId: string, now: number): Promise<void> {
  const at = new Date(now)
  const emptied = (await listSolelyOwned(tx, userId)).filter(({ hasOthers }) => !hasOthers)
  await tx.group.updateMany({ where: { id: { in: emptied.map(({ id }) => id) } }, data: { archivedAt: at } })
  const ofPerson = { where: { userId } }
  await tx.membership.deleteMany(ofPerson)
  await tx.session.deleteMany(ofPerson)
  await tx.apiToken.deleteMany(ofPerson)
  await tx.accountLink.deleteMany(ofPerson)
  await tx.identity.deleteMany(ofPerson)
  await tx.visit.deleteMany(ofPerson)
  await tx.layer.deleteMany({ where: { ownerId: userId } })
  await tx.document.updateMany({ where: { stewardId: userId }, data: { stewardId: null } })
  await tx.user.update({
    where: { id: userId },
    data: {
      name: formerName,
      // Addresses are unique; nobody's ends so (RFC 2606).
      email: `${userId}@deleted.invalid`,
      emailVerifiedAt: null,
      passwordHash: null,
      admin: false,
      disabledAt: at,
      deletedAt: at,
    },
  })
}
