/** Links that lead into a group. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { ownAccount } from '#domain/wire/account.ts'
import { newInvitation } from '#domain/wire/group.ts'
import type { Tx } from '../db/database.ts'
import { insertMember } from '../db/groups.ts'
import {
  findGroupInvitation,
  insertInvitation,
  listGroupInvitations,
  revokeInvitation,
  takeInvitation,
} from '../db/invitations.ts'
import { listPeople } from '../db/people.ts'
import { letterOfInvitation } from '../mail/letter-of-invitation.ts'
import { checkInput, unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { GroupService } from './contracts/groups.ts'
import { addAccount } from './new-account.ts'
import { getReadableGroup } from './readable-group.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { hashSecret, newSecret } from './secrets.ts'

const defaultMs = 14 * 86_400_000
const longestMs = 366 * 86_400_000

type Invitations = Pick<
  GroupService,
  'invite' | 'invitations' | 'revokeInvitation' | 'invitation' | 'join' | 'joinAsNewPerson'
>

/** The part of the group service that is about invitation links. */
export function createInvitations(context: ServiceContext, access: AccessService): Invitations {
  const { database, newId, now, publicUrl, sendMail } = context

  /** Joins unless they are a member already; only who was none uses the link up. */
  async function enter(tx: Tx, userId: string, secret: string): Promise<{ groupSlug: string }> {
    const hash = hashSecret(secret)
    const found = await findGroupInvitation(tx, hash, now())
    if (!found) throw notValid()
    const { groupId, groupSlug, role } = found
    const isNew = await insertMember(tx, { groupId, userId, role, now: now() })
    if (isNew) {
      if (!(await takeInvitation(tx, hash, 'group', now()))) throw notValid()
      const act = { kind: 'member.joined', actorId: userId, subjectId: userId, groupId } as const
      await recordAct(context, tx, { ...act, data: { role } })
    }
    return { groupSlug }
  }

  return {
    async invite(actor, idOrSlug, body) {
      const { role, uses, email, ...wanted } = checkInput(newInvitation, body)
      if (email !== undefined && !sendMail) {
        throw unprocessable([{ path: 'email', message: 'cannot be written to: this server sends no mail' }])
      }
      const group = await getReadableGroup(database.db, actor, idOrSlug, now())
      if (!can(actor, 'group.invite', { ...group, role }, now())) {
        throw refuseAction(actor, `You may not invite an ${role} to this group.`)
      }
      const expiresAt = wanted.expiresAt === undefined ? now() + defaultMs : Date.parse(wanted.expiresAt)
      if (expiresAt <= now() || expiresAt > now() + longestMs) {
        throw unprocessable([{ path: 'expiresAt', message: 'must lie in the future, within a year' }])
      }
      const id = newId()
      const secret = newSecret()
      await database.transaction(async (tx) => {
        await insertInvitation(tx, {
          id,
          kind: 'group',
          hash: hashSecret(secret),
          groupId: group.id,
          role,
          createdById: actor.kind === 'person' ? actor.userId : null,
          createdAt: now(),
          expiresAt,
          usesLeft: uses,
          email: email ?? null,
        })
        const act = { kind: 'invitation.made', actorId: actorIdOf(actor), groupId: group.id } as const
        await recordAct(context, tx, { ...act, data: { role, invitationId: id } })
      })
      const url = `${publicUrl()}/join/${secret}`
      if (email !== undefined && sendMail) {
        await sendMail(
          letterOfInvitation(email, { groupName: group.name, by: nameOf(actor), role, url, expiresAt }),
        )
      }
      return { id, url, role, expiresAt: new Date(expiresAt).toISOString(), uses }
    },

    async invitations(actor, idOrSlug) {
      const group = await getReadableGroup(database.db, actor, idOrSlug, now())
      const rows = await listGroupInvitations(database.db, group.id, now())
      const people = await listPeople(
        database.db,
        rows.flatMap(({ createdById }) => createdById ?? []),
      )
      return rows
        .filter(({ role }) => can(actor, 'group.invite', { ...group, archived: false, role }, now()))
        .map(({ createdById, createdAt, expiresAt, ...row }) => ({
          ...row,
          createdBy: people.find(({ id }) => id === createdById) ?? null,
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        }))
    },

    async revokeInvitation(actor, idOrSlug, invitationId) {
      const group = await getReadableGroup(database.db, actor, idOrSlug, now())
      const rows = await listGroupInvitations(database.db, group.id, now())
      const found = rows.find(({ id }) => id === invitationId)
      if (!found) throw refuseUnread(actor)
      if (!can(actor, 'group.invite', { ...group, archived: false, role: found.role }, now())) {
        throw refuseAction(actor, 'You may not take back this invitation.')
      }
      await database.transaction(async (tx) => {
        await revokeInvitation(tx, invitationId, now())
        const act = { kind: 'invitation.revoked', actorId: actorIdOf(actor), groupId: group.id } as const
        await recordAct(context, tx, { ...act, data: { invitationId } })
      })
    },

    async invitation(secret) {
      const found = await findGroupInvitation(database.db, hashSecret(secret), now())
      return found && { groupName: found.groupName, role: found.role }
    },

    async join(actor, secret) {
      const joined = await database.transaction((tx) => enter(tx, actor.userId, secret))
      access.changed(actor.userId)
      return joined
    },

    async joinAsNewPerson(secret, account) {
      const checked = checkInput(ownAccount, account)
      let groupSlug = ''
      const { id } = await addAccount(
        context,
        { ...checked, admin: false },
        async (tx) => {
          // Before it is told whether an address has an account, which is for the invited only.
          if (!(await findGroupInvitation(tx, hashSecret(secret), now()))) throw notValid()
        },
        async (tx, made) => {
          groupSlug = (await enter(tx, made.id, secret)).groupSlug
        },
      )
      return { groupSlug, userId: id }
    },
  }
}

const nameOf = (actor: Actor) => (actor.kind === 'person' ? actor.name : null)

const notValid = () => new AppError('not-found', 'This invitation is not valid, or not any more.')
