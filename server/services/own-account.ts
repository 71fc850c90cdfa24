/** What a person does with their own account. */
import { accountDeletion, ownChange, passwordChange } from '#domain/wire/account.ts'
import { findAccount, updateAccount } from '../db/accounts.ts'
import { listSessions, revokeSessions } from '../db/sessions.ts'
import { passwordChangedLetter } from '../mail/letters.ts'
import { checkInput, unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { OwnAccountService } from './contracts/own-account.ts'
import { eraseAccount } from './erase-account.ts'
import { exportAccount } from './export-account.ts'
import { hashNewPassword } from './passwords.ts'
import { provePassword } from './prove-password.ts'
import { recordAct } from './record-act.ts'
import { asOwnAccount, asPerson } from './who-may.ts'

/** One's own account over the database of `context`. */
export function createOwnAccountService(context: ServiceContext, access: AccessService): OwnAccountService {
  const { database, now, publicUrl, sendMail } = context
  return {
    async rename(actor, wanted) {
      const { userId } = asOwnAccount(actor, now())
      const { name } = checkInput(ownChange, wanted)
      await database.transaction(async (tx) => {
        await updateAccount(tx, userId, { name })
        await recordAct(context, tx, { kind: 'account.renamed', actorId: userId })
      })
      access.changed(userId)
    },

    async hasPassword(actor) {
      const account = await findAccount(database.db, asPerson(actor).userId)
      return account?.passwordHash !== null
    },

    async changePassword(actor, wanted) {
      const { userId, email } = asOwnAccount(actor, now())
      const { current, password } = checkInput(passwordChange, wanted)
      await provePassword(context, userId, current, 'current')
      const passwordHash = await hashNewPassword(password)
      await database.transaction(async (tx) => {
        await updateAccount(tx, userId, { passwordHash })
        await revokeSessions(tx, userId, now())
        await recordAct(context, tx, { kind: 'password.changed', actorId: userId })
      })
      access.changed(userId)
      // What fails is in the log already.
      void sendMail?.(passwordChangedLetter(email, publicUrl())).catch(() => {})
    },

    sessions: async (actor) => listSessions(database.db, asPerson(actor).userId, now()),

    async endSessions(actor) {
      const { userId } = asOwnAccount(actor, now())
      await database.transaction(async (tx) => {
        await revokeSessions(tx, userId, now())
        await recordAct(context, tx, { kind: 'sessions.ended', actorId: userId })
      })
      access.changed(userId)
    },

    async remove(actor, proof) {
      const { userId, email } = asOwnAccount(actor, now())
      const given = checkInput(accountDeletion, proof)
      if (given.email.trim().toLowerCase() !== email) {
        throw unprocessable([{ path: 'email', message: 'is not the address of this account' }])
      }
      await provePassword(context, userId, given.password)
      await eraseAccount(context, userId)
      access.changed(userId)
    },

    async exportData(actor) {
      const person = asOwnAccount(actor, now())
      await recordAct(context, database.db, { kind: 'account.exported', actorId: person.userId })
      return exportAccount(context, person)
    },
  }
}
