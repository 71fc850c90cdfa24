/** Secret links of accounts, each used once. Only a hash of the secret is kept. */
import type { Tx } from './database.ts'

/** What a link is for. */
export type AccountLinkKind = 'password' | 'email'

/** A link as it is kept; times are milliseconds since 1970. */
export interface NewAccountLink {
  readonly id: string
  readonly kind: AccountLinkKind
  readonly hash: string
  readonly userId: string
  /** Where it was mailed to; null when it was handed on. */
  readonly email: string | null
  readonly now: number
  readonly expiresAt: number
}

/** Keeps a link. It replaces the earlier ones of its kind: the last one asked for is the one that holds. */
export async function insertAccountLink(tx: Tx, { now, expiresAt, ...link }: NewAccountLink): Promise<void> {
  await tx.accountLink.updateMany({
    where: { userId: link.userId, kind: link.kind, usedAt: null },
    data: { usedAt: new Date(now) },
  })
  await tx.accountLink.create({
    data: { ...link, createdAt: new Date(now), expiresAt: new Date(expiresAt) },
  })
}

/** Whose link this is, while it holds. */
export async function findAccountLink(
  tx: Tx,
  hash: string,
  kind: AccountLinkKind,
  now: number,
): Promise<{ userId: string } | null> {
  return tx.accountLink.findFirst({
    where: { hash, kind, ...stillValid(now) },
    select: { userId: true },
  })
}

/** Uses a link up; null when it does not hold (any more). Of two who use it at once, one gets null. */
export async function takeAccountLink(
  tx: Tx,
  hash: string,
  kind: AccountLinkKind,
  now: number,
): Promise<{ userId: string; email: string | null } | null> {
  const [taken] = await tx.accountLink.updateManyAndReturn({
    where: { hash, kind, ...stillValid(now) },
    data: { usedAt: new Date(now) },
    select: { userId: true, email: true },
  })
  return taken ?? null
}

/** Makes all links of a person invalid. */
export async function revokeAccountLinks(tx: Tx, userId: string, now: number): Promise<void> {
  await tx.accountLink.updateMany({ where: { userId, usedAt: null }, data: { usedAt: new Date(now) } })
}

const stillValid = (now: number) => ({
  usedAt: null,
  expiresAt: { gt: new Date(now) },
  user: { disabledAt: null },
})
