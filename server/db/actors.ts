/** Who is behind a session, a token or an account, with the groups they belong to now. */
import { type Actor, anonymous } from '#domain/policy/actor.ts'
import type { Scope } from '#domain/policy/scope.ts'
import { scope } from '#domain/wire/account.ts'
import { role } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'

const person = {
  select: {
    id: true,
    name: true,
    email: true,
    admin: true,
    disabledAt: true,
    memberships: { select: { groupId: true, role: true, mutedAt: true } },
  },
} as const

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly admin: boolean
  readonly disabledAt: Date | null
  readonly memberships: readonly {
    readonly groupId: string
    readonly role: string
    readonly mutedAt: Date | null
  }[]
}

/** How long a session lives after it was last seen. */
export const sessionMs = 30 * 86_400_000
const touchEveryMs = 3_600_000

/** The person with this account; anonymous when there is none or it is disabled. */
export async function findActor(tx: Tx, userId: string): Promise<Actor> {
  return toActor(await tx.user.findUnique({ where: { id: userId }, ...person }), 'admin')
}

/** The person of a session; anonymous when it is unknown, revoked or expired. A session in use lives on. */
export async function findSessionActor(tx: Tx, sessionId: string, now: number): Promise<Actor> {
  const session = await tx.session.findUnique({ where: { id: sessionId }, include: { user: person } })
  if (!session || session.revokedAt || session.expiresAt.getTime() <= now) return anonymous
  if (now - session.lastSeenAt.getTime() > touchEveryMs) {
    await tx.session.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { lastSeenAt: new Date(now), expiresAt: new Date(now + sessionMs) },
    })
  }
  return toActor(session.user, 'admin')
}

/** The person of an API token, by its hash; anonymous when it is unknown, revoked or expired. */
export async function findTokenActor(tx: Tx, hash: string, now: number): Promise<Actor> {
  const token = await tx.apiToken.findUnique({ where: { hash }, include: { user: person } })
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt.getTime() <= now)) return anonymous
  if (!token.lastUsedAt || now - token.lastUsedAt.getTime() > touchEveryMs) {
    await tx.apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: new Date(now) } })
  }
  return toActor(token.user, scope.parse(token.scope))
}

function toActor(row: PersonRow | null, reach: Scope): Actor {
  if (!row || row.disabledAt) return anonymous
  return {
    kind: 'person',
    userId: row.id,
    name: row.name,
    email: row.email,
    admin: row.admin,
    scope: reach,
    // Whoever is muted is as an observer: reads, and writes nothing.
    memberships: Object.fromEntries(
      row.memberships.map(({ groupId, mutedAt, ...membership }) => [
        groupId,
        mutedAt === null ? role.parse(membership.role) : 'observer',
      ]),
    ),
  }
}
