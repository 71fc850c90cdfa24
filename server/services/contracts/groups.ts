/** Groups: members, roles and invitations. */
import type { Actor, Person, Role } from '#domain/policy/actor.ts'
import type {
  Group,
  GroupChange,
  Invitation,
  NewGroup,
  NewInvitation,
  NewMember,
} from '#domain/wire/group.ts'
import type { IfMatch } from './if-match.ts'

export interface GroupService {
  create(actor: Actor, group: NewGroup): Promise<Group>
  get(actor: Actor, groupIdOrSlug: string): Promise<Group>
  change(actor: Actor, groupId: string, change: GroupChange, ifMatch: IfMatch): Promise<Group>
  addMember(actor: Actor, groupId: string, member: NewMember): Promise<Group>
  changeMember(actor: Actor, groupId: string, userId: string, role: Role): Promise<Group>
  removeMember(actor: Actor, groupId: string, userId: string): Promise<void>
  invite(actor: Actor, groupId: string, invitation: NewInvitation): Promise<Invitation>
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
