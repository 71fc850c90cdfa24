/** Sessions of browsers and API tokens of programs. */
import type { Scope } from '#domain/policy/scope.ts'
import { type SessionRow, scope, type TokenRow } from '#domain/wire/account.ts'
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

/** The sessions of a person that hold, the one last seen first. */
export async function listSessions(tx: Tx, userId: string, now: number): Promise<SessionRow[]> {
  const rows = await tx.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: new Date(now) } },
    orderBy: { lastSeenAt: 'desc' },
  })
  return rows.map(({ userAgent, createdAt, lastSeenAt }) => ({
    userAgent,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}

/** Ends every session of a person. */
export async function revokeSessions(tx: Tx, userId: string, now: number): Promise<void> {
  await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date(now) } })
}

/** A token to be kept, by its hash alone. */
export interface NewTokenRow {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly hash: string
  readonly scope: Scope
  /** Milliseconds since 1970; null: it holds until it is revoked. */
  readonly expiresAt: number | null
  readonly now: number
}

/** Keeps the hash of a token. */
export async function insertToken(tx: Tx, token: NewTokenRow): Promise<void> {
  const { now, expiresAt, ...row } = token
  await tx.apiToken.create({
    data: { ...row, expiresAt: expiresAt === null ? null : new Date(expiresAt), createdAt: new Date(now) },
  })
}

/** Revokes every token of a person. */
export async function revokeTokens(tx: Tx, userId: string, now: number): Promise<void> {
  await tx.apiToken.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date(now) } })
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
    scope: scope.parse(row.scope),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
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
