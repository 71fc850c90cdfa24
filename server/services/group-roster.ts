/** A class list: everybody on it comes into the group, or gets a link that leads there. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Role } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import { type RosterLine, roster } from '#domain/wire/group.ts'
import { findByEmail } from '../db/accounts.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccountLinkService } from './contracts/account-links.ts'
import type { AccountService } from './contracts/accounts.ts'
import type { GroupService } from './contracts/groups.ts'
import { type RosterEntry, readRoster } from './read-roster.ts'
import { getReadableGroup } from './readable-group.ts'
import { actorIdOf, recordAct } from './record-act.ts'

/** More lines than any class has. */
const mostLines = 1_000
const linkDays = 90

type Roster = Pick<GroupService, 'readRoster'>

/** The part of the group service that brings in many people at once. */
export function createRoster(
  context: ServiceContext,
  members: Pick<GroupService, 'addMember'>,
  invitations: Pick<GroupService, 'invite'>,
  accounts: Pick<AccountService, 'create'>,
  links: Pick<AccountLinkService, 'makePasswordReset'>,
): Roster {
  const { database, now, sendMail } = context

  /** One person; what is wrong with them alone is told of their line, and the others come in. */
  async function bringIn(
    actor: Actor,
    groupId: string,
    entry: RosterEntry,
    role: Role,
  ): Promise<Pick<RosterLine, 'outcome' | 'url' | 'mailed'>> {
    const person = await findByEmail(database.db, entry.email)
    if (person) {
      const before = await getReadableGroup(database.db, actor, groupId, now())
      const isMember = before.members.some(({ user }) => user.id === person.id)
      if (!isMember) await members.addMember(actor, groupId, { email: entry.email, role })
      return { outcome: isMember ? 'member' : 'joined', url: null, mailed: false }
    }
    // Who runs the server makes their account at once; the link lets them choose a password.
    if (can(actor, 'server.administer', null, now())) {
      const name = entry.name || entry.email
      const { id } = await accounts.create(actor, { email: entry.email, name, password: null })
      await members.addMember(actor, groupId, { email: entry.email, role })
      const { url } = await links.makePasswordReset(actor, id)
      return { outcome: 'joined', url, mailed: url === null }
    }
    const expiresAt = new Date(now() + linkDays * 86_400_000).toISOString()
    const mail = sendMail ? { email: entry.email } : {}
    const { url } = await invitations.invite(actor, groupId, { role, uses: 1, expiresAt, ...mail })
    return { outcome: 'invited', url, mailed: sendMail !== null }
  }

  return {
    async readRoster(actor, idOrSlug, body) {
      const { csv, role: usual } = checkInput(roster, body)
      const group = await getReadableGroup(database.db, actor, idOrSlug, now())
      if (!can(actor, 'group.invite', { ...group, role: 'reader' }, now())) {
        throw refuseAction(actor, 'Only owners and instructors bring people in.')
      }
      const entries = readRoster(csv)
      if (entries.length === 0) throw new AppError('unprocessable', 'csv: there is nobody in this list')
      if (entries.length > mostLines) {
        throw new AppError(
          'unprocessable',
          `csv: more than ${mostLines} people are brought in by several lists`,
        )
      }
      const lines: RosterLine[] = []
      for (const entry of entries) lines.push(await readOne(actor, group.id, entry, entry.role ?? usual))
      await recordAct(context, database.db, {
        kind: 'roster.read',
        actorId: actorIdOf(actor),
        groupId: group.id,
        data: { lines: lines.length },
      })
      return { lines }
    },
  }

  async function readOne(actor: Actor, groupId: string, entry: RosterEntry, role: Role): Promise<RosterLine> {
    const { line, name, email, problem } = entry
    const about = { line, name, email, role, url: null, mailed: false }
    if (problem !== null) return { ...about, role: entry.role, outcome: 'refused', reason: problem }
    try {
      return { ...about, ...(await bringIn(actor, groupId, entry, role)), reason: null }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ...about, outcome: 'refused', reason: error.message }
    }
  }
}
