/** Making an account, which administrators, invitations and the first setup all do. */
import { AppError } from '#domain/app-error.ts'
import { findByEmail, insertAccount } from '../db/accounts.ts'
import type { Tx } from '../db/database.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import type { ServiceContext } from './context.ts'
import type { AccountRow } from './contracts/accounts.ts'
import { hashPassword } from './passwords.ts'

/**
 * Makes an account with its private layer. `before` and `after` run in the same transaction, so that what they
 * throw leaves nothing behind. Throws `conflict` when the e-mail address has an account.
 */
export async function addAccount(
  { database, newId, now }: ServiceContext,
  account: { email: string; name: string; password: string | null; admin: boolean },
  before: (tx: Tx) => Promise<void> = async () => {},
  after: (tx: Tx, account: AccountRow) => Promise<void> = async () => {},
): Promise<AccountRow> {
  const { email, name, password, admin } = account
  // Outside of the transaction, because hashing takes long.
  const passwordHash = password === null ? null : await hashPassword(password)
  return retryOnDuplicate(() =>
    database.transaction(async (tx) => {
      await before(tx)
      if (await findByEmail(tx, email)) {
        throw new AppError('conflict', 'There is an account with this e-mail address already.')
      }
      const row = { id: newId(), layerId: newId(), email, name, passwordHash, admin, now: now() }
      const made = await insertAccount(tx, row)
      await after(tx, made)
      return made
    }),
  )
}
