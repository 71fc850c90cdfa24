/** Groups: members, roles and invitations. */
import type { Actor, Person, Role } from '#domain/policy/actor.ts'
import type {
  Group,
  GroupActivity,
  GroupChange,
  Invitation,
  InvitationRow,
  MemberChange,
  NewGroup,
  NewInvitation,
  NewMember,
  Roster,
  RosterReport,
} from '#domain/wire/group.ts'
import type { IfMatch } from './if-match.ts'

export interface GroupService {
  create(actor: Actor, group: NewGroup): Promise<Group>
  get(actor: Actor, groupIdOrSlug: string): Promise<Group>
  change(actor: Actor, groupId: string, change: GroupChange, ifMatch: IfMatch): Promise<Group>
  addMember(actor: Actor, groupId: string, member: NewMember): Promise<Group>
  /** Gives a member another role, mutes them, or lets them write again. */
  changeMember(actor: Actor, groupId: string, userId: string, change: MemberChange): Promise<Group>
  removeMember(actor: Actor, groupId: string, userId: string): Promise<void>
  invite(actor: Actor, groupId: string, invitation: NewInvitation): Promise<Invitation>
  /** The links into the group that are still valid and that the actor might have made. */
  invitations(actor: Actor, groupId: string): Promise<readonly InvitationRow[]>
  revokeInvitation(actor: Actor, groupId: string, invitationId: string): Promise<void>
  /** Brings people in by a list: who has an account joins, everybody else gets a link of their own. */
  readRoster(actor: Actor, groupId: string, roster: Roster): Promise<RosterReport>
  /** What was written in the group last, the newest first, as far as the actor sees it. */
  activity(actor: Actor, groupId: string, limit: number): Promise<readonly GroupActivity[]>
  /** What an invitation link offers, or null when it is unknown, used up, expired or revoked. */
  invitation(secret: string): Promise<{ groupName: string; role: Role } | null>
  /** Joins with an account that exists; joining twice changes nothing. */
  join(actor: Person, secret: string): Promise<{ groupSlug: string }>
  /** Makes an account and joins with it, in one transaction. */
  joinAsNewPerson(
    secret: string,
    account: { email: string; name: string; password: string },
  ): Promise<{ groupSlug: string; userId: string }>
}
