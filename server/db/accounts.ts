/** Accounts of people. */
import type { PersonRef } from '#domain/wire/shared.ts'
import type { AccountRow } from '../services/contracts/accounts.ts'
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

/** All accounts, oldest first. */
export async function listAccounts(tx: Tx): Promise<AccountRow[]> {
  return (await tx.user.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toAccountRow)
}

function toAccountRow(row: {
  id: string
  email: string
  name: string
  admin: boolean
  createdAt: Date
}): AccountRow {
  const { id, email, name, admin } = row
  return { id, email, name, admin, createdAt: row.createdAt.toISOString() }
}
