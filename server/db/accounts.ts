/** Accounts of people. */
import type { AccountRow } from '#domain/wire/account.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type { Tx } from './database.ts'

/** Makes an account together with its private layer, so that neither is ever there without the other. */
export async function insertAccount(
  tx: Tx,
  account: {
    id: string
    layerId: string
    email: string
    name: string
    passwordHash: string | null
    admin: boolean
    isVerified: boolean
    now: number
  },
): Promise<AccountRow> {
  const createdAt = new Date(account.now)
  const row = await tx.user.create({
    data: {
      id: account.id,
      email: account.email,
      name: account.name,
      passwordHash: account.passwordHash,
      admin: account.admin,
      emailVerifiedAt: account.isVerified ? createdAt : null,
      createdAt,
      privateLayers: {
        create: { id: account.layerId, kind: 'private', name: 'My notes', createdAt },
      },
    },
  })
  return toAccountRow(row)
}

/** The person with this e-mail address, in lower case, or null. */
export async function findByEmail(tx: Tx, email: string): Promise<PersonRef | null> {
  return tx.user.findUnique({ where: { email }, select: { id: true, name: true } })
}

/** What a sign-in is checked against, or null when nobody may sign in with this address and a password. */
export async function findPasswordHash(
  tx: Tx,
  email: string,
): Promise<{ userId: string; passwordHash: string } | null> {
  const row = await tx.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, disabledAt: true },
  })
  if (!row?.passwordHash || row.disabledAt) return null
  return { userId: row.id, passwordHash: row.passwordHash }
}

/** Whether there is any account at all. */
export async function hasAccounts(tx: Tx): Promise<boolean> {
  return (await tx.user.findFirst({ select: { id: true } })) !== null
}

/** All accounts that are not deleted, oldest first. */
export async function listAccounts(tx: Tx): Promise<AccountRow[]> {
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
  return (await tx.user.findMany({ where: { deletedAt: null }, orderBy })).map(toAccountRow)
}

/** An account with what is decided on; null when there is none, or it is deleted. */
export async function findAccount(
  tx: Tx,
  userId: string,
): Promise<(AccountRow & { passwordHash: string | null; isVerified: boolean }) | null> {
  const row = await tx.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!row) return null
  const { passwordHash, emailVerifiedAt } = row
  return { ...toAccountRow(row), passwordHash, isVerified: emailVerifiedAt !== null }
}

/** What may be changed of an account; what is left out stays. Times are milliseconds since 1970. */
export interface AccountUpdate {
  readonly name?: string
  readonly email?: string
  readonly passwordHash?: string | null
  readonly admin?: boolean
  readonly emailVerifiedAt?: number | null
  readonly disabledAt?: number | null
  readonly deletedAt?: number
}

/** Changes an account. */
export async function updateAccount(tx: Tx, userId: string, change: AccountUpdate): Promise<AccountRow> {
  const { emailVerifiedAt, disabledAt, deletedAt, ...rest } = change
  const data = {
    ...rest,
    emailVerifiedAt: toDate(emailVerifiedAt),
    disabledAt: toDate(disabledAt),
    deletedAt: toDate(deletedAt),
  }
  return toAccountRow(await tx.user.update({ where: { id: userId }, data }))
}

/** Those who administer the server now, under a lock, so that no two of them give it up at once. */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "User" WHERE admin AND "disabledAt" IS NULL ORDER BY id FOR UPDATE`
  return rows.map(({ id }) => id)
}

const toDate = (ms: number | null | undefined) => (typeof ms === 'number' ? new Date(ms) : ms)

function toAccountRow(row: {
  id: string
  email: string
  name: string
  admin: boolean
  disabledAt: Date | null
  createdAt: Date
}): AccountRow {
  const { id, email, name, admin } = row
  const disabled = row.disabledAt !== null
  return { id, email, name, admin, disabled, createdAt: row.createdAt.toISOString() }
}
