/** Sessions of browsers and API tokens of programs. */
import type { TokenRow } from '#domain/wire/account.ts'
import { sessionMs } from './actors.ts'
import type { Tx } from './database.ts'

/** Begins a session. */
export async function insertSession(
  tx: Tx,
  session: { id: string; userId: string; userAgent: string | null; now: number },
): Promise<void> {
  const at = new Date(session.now)
  await tx.session.create({
    data: {
      id: session.id,
      userId: session.userId,
      userAgent: session.userAgent,
      createdAt: at,
      lastSeenAt: at,
      expiresAt: new Date(session.now + sessionMs),
    },
  })
}

/** Ends a session; returns whose it was, or null when there is none. */
export async function revokeSession(tx: Tx, sessionId: string, now: number): Promise<string | null> {
  const [ended] = await tx.session.updateManyAndReturn({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: new Date(now) },
    select: { userId: true },
  })
  return ended?.userId ?? null
}

/** Keeps the hash of a token. */
export async function insertToken(
  tx: Tx,
  token: { id: string; userId: string; name: string; hash: string; now: number },
): Promise<void> {
  const { now, ...row } = token
  await tx.apiToken.create({ data: { ...row, createdAt: new Date(now) } })
}

/** The valid tokens of a person, oldest first. */
export async function listTokens(tx: Tx, userId: string, now: number): Promise<TokenRow[]> {
  const rows = await tx.apiToken.findMany({
    where: { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] },
    orderBy: { createdAt: 'asc' },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }))
}

/** Revokes a token of this person; false when they have no such valid token. */
export async function revokeToken(tx: Tx, userId: string, tokenId: string, now: number): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { id: tokenId, userId, revokedAt: null },
    data: { revokedAt: new Date(now) },
  })
  return count > 0
}
