/** What administrators do with accounts. */
import { AppError } from '#domain/app-error.ts'
import { refuseUnread } from '#domain/policy/can.ts'
import { type AccountChange, type AccountRow, accountChange, newAccount } from '#domain/wire/account.ts'
import type { ActKind } from '#domain/wire/audit.ts'
import { revokeAccountLinks } from '../db/account-links.ts'
import {
  type AccountUpdate,
  findAccount,
  findByEmail,
  listAccounts,
  lockAdministrators,
  updateAccount,
} from '../db/accounts.ts'
import type { Tx } from '../db/database.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import { revokeSessions, revokeTokens } from '../db/sessions.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountService } from './contracts/accounts.ts'
import { addAccount } from './new-account.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { requireAdministrator } from './who-may.ts'

type Administration = Pick<AccountService, 'create' | 'list' | 'change'>

/** The part of the account service that is for administrators. */
export function createAdministration(context: ServiceContext, access: AccessService): Administration {
  const { database, now } = context
  return {
    async create(actor, account) {
      if (actor !== 'server') requireAdministrator(actor, 'make accounts', now())
      return addAccount(context, { ...checkInput(newAccount, account), maker: actor })
    },

    async list(actor) {
      requireAdministrator(actor, 'see all accounts', now())
      return listAccounts(database.db)
    },

    async change(actor, userId, wanted) {
      requireAdministrator(actor, 'change accounts', now())
      const change = checkInput(accountChange, wanted)
      const changed = await retryOnDuplicate(() =>
        database.transaction(async (tx) => {
          const before = await findAccount(tx, userId)
          if (!before) throw refuseUnread(actor)
          if (change.admin === false || change.disabled) await keepAnAdministrator(tx, userId)
          await refuseTakenAddress(tx, userId, change.email)
          const after = await updateAccount(tx, userId, toUpdate(before, change, now()))
          if (change.disabled) await lockOut(tx, userId, now())
          if (after.email !== before.email) await revokeAccountLinks(tx, userId, now())
          for (const kind of actsBetween(before, after)) {
            await recordAct(context, tx, { kind, actorId: actorIdOf(actor), subjectId: userId })
          }
          return after
        }),
      )
      access.changed(userId)
      return changed
    },
  }
}

/** Throws `conflict` when nobody but this person administers the server. */
export async function keepAnAdministrator(tx: Tx, leavingId: string): Promise<void> {
  const administrators = await lockAdministrators(tx)
  if (administrators.length === 1 && administrators[0] === leavingId) {
    throw new AppError('conflict', 'A server keeps at least one administrator: make somebody else one first.')
  }
}

/** Throws `conflict` when the address is another account's. */
export async function refuseTakenAddress(tx: Tx, userId: string, email: string | undefined): Promise<void> {
  const holder = email === undefined ? null : await findByEmail(tx, email)
  if (holder && holder.id !== userId) {
    throw new AppError('conflict', 'There is an account with this e-mail address already.')
  }
}

/** Ends everything that lets a person in, for good: what was out there does not come back with the account. */
export async function lockOut(tx: Tx, userId: string, now: number): Promise<void> {
  await revokeSessions(tx, userId, now)
  await revokeTokens(tx, userId, now)
  await revokeAccountLinks(tx, userId, now)
}

function toUpdate(before: AccountRow, { disabled, ...change }: AccountChange, now: number): AccountUpdate {
  const isMoved = change.email !== undefined && change.email !== before.email
  return {
    ...change,
    ...(isMoved && { emailVerifiedAt: null }),
    ...(disabled !== undefined && disabled !== before.disabled && { disabledAt: disabled ? now : null }),
  }
}

function actsBetween(before: AccountRow, after: AccountRow): ActKind[] {
  return [
    ...(after.name === before.name ? [] : (['account.renamed'] as const)),
    ...(after.email === before.email ? [] : (['email.changed'] as const)),
    ...(after.admin === before.admin
      ? []
      : [after.admin ? ('administrator.made' as const) : ('administrator.unmade' as const)]),
    ...(after.disabled === before.disabled
      ? []
      : [after.disabled ? ('account.disabled' as const) : ('account.enabled' as const)]),
  ]
}
