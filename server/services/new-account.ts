/** Making an account, which administrators, invitations and the first setup all do. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { AccountRow } from '#domain/wire/account.ts'
import { findByEmail, insertAccount } from '../db/accounts.ts'
import type { Tx } from '../db/database.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import type { ServiceContext } from './context.ts'
import { hashNewPassword } from './passwords.ts'
import { actorIdOf, recordAct } from './record-act.ts'

/**
 * Makes an account with its private layer. `before` and `after` run in the same transaction, so that what they
 * throw leaves nothing behind. Throws `conflict` when the e-mail address has an account.
 */
export async function addAccount(
  context: ServiceContext,
  account: {
    email: string
    name: string
    password: string | null
    admin: boolean
    /** Whether somebody has vouched that the person reads what is sent to `email`. */
    isVerified?: boolean
    /** Who makes it, unless its person does so. */
    maker?: Actor | 'server'
  },
  before: (tx: Tx) => Promise<void> = async () => {},
  after: (tx: Tx, account: AccountRow) => Promise<void> = async () => {},
): Promise<AccountRow> {
  const { database, newId, now } = context
  const { email, name, password, admin, isVerified = false, maker = null } = account
  // Outside of the transaction, because hashing takes long.
  const passwordHash = password === null ? null : await hashNewPassword(password)
  return retryOnDuplicate(() =>
    database.transaction(async (tx) => {
      await before(tx)
      if (await findByEmail(tx, email)) {
        throw new AppError('conflict', 'There is an account with this e-mail address already.')
      }
      const row = { id: newId(), layerId: newId(), email, name, passwordHash, admin, isVerified, now: now() }
      const made = await insertAccount(tx, row)
      const actorId = maker === null ? made.id : actorIdOf(maker)
      await recordAct(context, tx, { kind: 'account.made', actorId, subjectId: made.id })
      await after(tx, made)
      return made
    }),
  )
}
