/** Who people are at OpenID providers. */
import type { Tx } from './database.ts'

/** Whose account is linked to this identity, or null. */
export async function findIdentity(
  tx: Tx,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<{ userId: string; disabled: boolean } | null> {
  const { issuer, subject } = identity
  const row = await tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { userId: true, user: { select: { disabledAt: true } } },
  })
  return row && { userId: row.userId, disabled: row.user.disabledAt !== null }
}

/** Links an identity to an account. */
export async function insertIdentity(
  tx: Tx,
  identity: { issuer: string; subject: string; userId: string; now: number },
): Promise<void> {
  const { now, ...row } = identity
  await tx.identity.create({ data: { ...row, createdAt: new Date(now) } })
}
