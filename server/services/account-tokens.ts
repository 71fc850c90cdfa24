/** API tokens: how a program speaks for a person. */
import { refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { newToken } from '#domain/wire/account.ts'
import { insertToken, listTokens, revokeToken } from '../db/sessions.ts'
import { checkInput, unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountService } from './contracts/accounts.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { asOwnAccount, asPerson } from './who-may.ts'

type Tokens = Pick<AccountService, 'createToken' | 'tokens' | 'revokeToken'>

/** The part of the account service that is about API tokens. */
export function createTokens(context: ServiceContext, access: AccessService): Tokens {
  const { database, newId, now } = context
  return {
    async createToken(actor, { userId, ...wanted }) {
      if (actor !== 'server' && asOwnAccount(actor, now()).userId !== userId) {
        throw refuseAction(actor, 'Tokens are made by the person they speak for.')
      }
      const { name, scope, ...checked } = checkInput(newToken, wanted)
      const expiresAt = checked.expiresAt === null ? null : Date.parse(checked.expiresAt)
      if (expiresAt !== null && expiresAt <= now()) {
        throw unprocessable([{ path: 'expiresAt', message: 'must lie in the future' }])
      }
      const token = `postil_${newSecret()}`
      const row = { id: newId(), userId, name, hash: hashSecret(token), scope, expiresAt, now: now() }
      await database.transaction(async (tx) => {
        await insertToken(tx, row)
        await recordAct(context, tx, {
          kind: 'token.made',
          actorId: actorIdOf(actor),
          subjectId: userId,
          data: { name, scope },
        })
      })
      return { id: row.id, token }
    },

    tokens: async (actor) => listTokens(database.db, asPerson(actor).userId, now()),

    async revokeToken(actor, tokenId) {
      const { userId } = asOwnAccount(actor, now())
      await database.transaction(async (tx) => {
        if (!(await revokeToken(tx, userId, tokenId, now()))) throw refuseUnread(actor)
        await recordAct(context, tx, { kind: 'token.revoked', actorId: userId, subjectId: userId })
      })
      access.changed(userId)
    },
  }
}
