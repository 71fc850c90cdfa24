/** Accounts: who there is, how they prove it, and what they see of themselves. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { newAccount, newToken, ownAccount } from '#domain/wire/account.ts'
import { newMember } from '#domain/wire/group.ts'
import { findByEmail, findPasswordHash, hasAccounts, listAccounts } from '../db/accounts.ts'
import { listGroupNames } from '../db/groups.ts'
import { insertInvitation, revokeSetupLinks, takeInvitation } from '../db/invitations.ts'
import { listLayers } from '../db/layers.ts'
import { insertSession, insertToken, listTokens, revokeSession, revokeToken } from '../db/sessions.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountService } from './contracts/accounts.ts'
import { addAccount } from './new-account.ts'
import { verifyPassword } from './passwords.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { showLayer } from './show-layer.ts'

const setupLinkMs = 7 * 86_400_000
const userAgentLength = 300

/** Accounts, sessions and tokens over the database of `context`. */
export function createAccountService(context: ServiceContext, access: AccessService): AccountService {
  const { database, newId, now } = context
  const { db } = database

  return {
    async create(actor, account) {
      if (actor !== 'server' && !can(actor, 'server.administer', null, now())) {
        throw refuseAction(actor, 'Only administrators make accounts.')
      }
      return addAccount(context, checkInput(newAccount, account))
    },

    async verifyPassword(email, password) {
      const address = toAddress(email)
      const found = address === null ? null : await findPasswordHash(db, address)
      const isRight = await verifyPassword(found?.passwordHash ?? null, password)
      return found && isRight ? { userId: found.userId } : null
    },

    async startSession(userId, userAgent) {
      const sessionId = newSecret()
      const named = userAgent?.replaceAll('\0', '').slice(0, userAgentLength) ?? null
      await insertSession(db, { id: sessionId, userId, userAgent: named, now: now() })
      return { sessionId }
    },

    async endSession(sessionId) {
      const userId = await revokeSession(db, sessionId, now())
      if (userId !== null) access.changed(userId)
    },

    async list(actor) {
      if (!can(actor, 'server.administer', null, now())) {
        throw refuseAction(actor, 'Only administrators see all accounts.')
      }
      return listAccounts(db)
    },

    async createToken(actor, { userId, name }) {
      if (actor !== 'server' && asPerson(actor).userId !== userId) {
        throw refuseAction(actor, 'Tokens are made by the person they speak for.')
      }
      const token = `postil_${newSecret()}`
      const id = newId()
      const checked = checkInput(newToken, { name })
      await insertToken(db, { id, userId, name: checked.name, hash: hashSecret(token), now: now() })
      return { id, token }
    },

    tokens: async (actor) => listTokens(db, asPerson(actor).userId, now()),

    async revokeToken(actor, tokenId) {
      const { userId } = asPerson(actor)
      if (!(await revokeToken(db, userId, tokenId, now()))) throw refuseUnread(actor)
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
          if (!mayBegin) throw new AppError('not-found', 'This setup link is not valid, or not any more.')
        },
      )
      return { id, name }
    },
  }
}

/** An e-mail address as accounts have it; null for what is none, and so nobody's. */
const toAddress = (email: string) => newMember.shape.email.safeParse(email.trim()).data ?? null

function asPerson(actor: Actor): Person {
  if (actor.kind !== 'person') throw new AppError('unauthenticated', 'Please sign in.')
  return actor
}
