/** Asking a person for their password once more, before something that a borrowed browser must not do. */
import { AppError } from '#domain/app-error.ts'
import { findAccount } from '../db/accounts.ts'
import { unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import { verifyPassword } from './passwords.ts'
import { recordAct } from './record-act.ts'

/** Throws `unprocessable` against `path` unless this is the person's password, or they have none. */
export async function provePassword(
  context: ServiceContext,
  userId: string,
  password: string | null,
  path = 'password',
): Promise<void> {
  const account = await findAccount(context.database.db, userId)
  if (!account) throw new AppError('unauthenticated', 'Please sign in.')
  if (account.passwordHash === null) return
  if (password !== null && (await verifyPassword(account.passwordHash, password))) return
  await recordAct(context, context.database.db, { kind: 'session.refused', actorId: userId })
  throw unprocessable([{ path, message: 'is not your password' }])
}
