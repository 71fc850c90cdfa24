/** Accounts: who there is, how they prove it, and what they see of themselves. */
import { can } from '#domain/policy/can.ts'
import { ownAccount } from '#domain/wire/account.ts'
import { newMember } from '#domain/wire/group.ts'
import { findByEmail, findPasswordHash, hasAccounts } from '../db/accounts.ts'
import { listGroupNames } from '../db/groups.ts'
import { insertInvitation, revokeSetupLinks, takeInvitation } from '../db/invitations.ts'
import { listLayers } from '../db/layers.ts'
import { insertSession, revokeSession } from '../db/sessions.ts'
import { createTokens } from './account-tokens.ts'
import { createAdministration } from './administer-accounts.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountService } from './contracts/accounts.ts'
import { addAccount } from './new-account.ts'
import { verifyPassword } from './passwords.ts'
import { recordAct } from './record-act.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { invalidSetupLink } from './setup-link.ts'
import { showLayer } from './show-layer.ts'
import { asPerson } from './who-may.ts'

const setupLinkMs = 7 * 86_400_000
const userAgentLength = 300

/** Accounts, sessions and tokens over the database of `context`. */
export function createAccountService(context: ServiceContext, access: AccessService): AccountService {
  const { database, newId, now } = context
  const { db } = database

  return {
    ...createAdministration(context, access),
    ...createTokens(context, access),

    async verifyPassword(email, password) {
      const address = toAddress(email)
      const found = address === null ? null : await findPasswordHash(db, address)
      const isRight = await verifyPassword(found?.passwordHash ?? null, password)
      if (!found) return null
      if (isRight) return { userId: found.userId }
      await recordAct(context, db, { kind: 'session.refused', actorId: null, subjectId: found.userId })
      return null
    },

    async startSession(userId, userAgent) {
      const sessionId = newSecret()
      const named = userAgent?.replaceAll('\0', '').slice(0, userAgentLength) ?? null
      await database.transaction(async (tx) => {
        await insertSession(tx, { id: sessionId, userId, userAgent: named, now: now() })
        await recordAct(context, tx, { kind: 'session.begun', actorId: userId })
      })
      return { sessionId }
    },

    async endSession(sessionId) {
      const userId = await revokeSession(db, sessionId, now())
      if (userId === null) return
      await recordAct(context, db, { kind: 'session.ended', actorId: userId })
      access.changed(userId)
    },

    async findByEmail(email) {
      const address = toAddress(email)
      return address === null ? null : findByEmail(db, address)
    },

    async me(actor) {
      const { userId, name, email, admin, memberships } = asPerson(actor)
      const groupIds = Object.keys(memberships)
      const groups = await listGroupNames(db, groupIds)
      const layers = await listLayers(db, { userId, groupIds })
      return {
        id: userId,
        name,
        email,
        admin,
        groups: groups.flatMap((group) => {
          const role = memberships[group.id]
          return role ? [{ ...group, role }] : []
        }),
        layers: layers
          .filter(({ facts }) => can(actor, 'layer.read', facts, now()))
          .map((stored) => showLayer(actor, stored))
          .map((layer) => ({ id: layer.id, kind: layer.kind, name: layer.name, groups: layer.groups })),
      }
    },

    async setupLink() {
      const secret = newSecret()
      const isMade = await database.transaction(async (tx) => {
        if (await hasAccounts(tx)) return false
        await revokeSetupLinks(tx, now())
        await insertInvitation(tx, {
          id: newId(),
          kind: 'setup',
          hash: hashSecret(secret),
          groupId: null,
          role: null,
          createdById: null,
          createdAt: now(),
          expiresAt: now() + setupLinkMs,
          usesLeft: 1,
        })
        return true
      })
      return isMade ? `/setup/${secret}` : null
    },

    async setUp(secret, account) {
      const { id, name } = await addAccount(
        context,
        { ...checkInput(ownAccount, account), admin: true },
        async (tx) => {
          const mayBegin =
            (await takeInvitation(tx, hashSecret(secret), 'setup', now())) && !(await hasAccounts(tx))
          if (!mayBegin) throw invalidSetupLink()
        },
      )
      return { id, name }
    },
  }
}

/** An e-mail address as accounts have it; null for what is none, and so nobody's. */
export const toAddress = (email: string) => newMember.shape.email.safeParse(email.trim()).data ?? null
