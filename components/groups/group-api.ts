/** What the page of a group asks of the server. All throw `ApiError`. */
import { callApi } from '#components/client/api.ts'
import type { Role } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type {
  Group,
  Invitation,
  InvitationRow,
  Layer,
  LayerChange,
  NewLayer,
  RosterReport,
} from '#domain/wire/group.ts'
import type { Page } from '#domain/wire/shared.ts'
import type { Flag } from '#domain/wire/thread.ts'

const at = (groupId: string) => `/groups/${encodeURIComponent(groupId)}`

/** Makes a group and owns it; `id` is chosen here, so that a lost answer makes no second one. */
export function makeGroup(id: string, name: string): Promise<Group> {
  return callApi('POST', '/groups', { body: { id, name } })
}

export function fetchGroup(groupId: string): Promise<Group> {
  return callApi('GET', at(groupId))
}

export function renameGroup(groupId: string, name: string): Promise<Group> {
  return callApi('PATCH', at(groupId), { body: { name } })
}

/** Sets the whole reading list, unless somebody changed the group since `group` was seen. */
export function setReadings(group: Group, documentIds: readonly string[]): Promise<Group> {
  return callApi('PATCH', at(group.id), { body: { readings: documentIds }, version: group.version })
}

export function addMember(groupId: string, email: string, role: Role): Promise<Group> {
  return callApi('POST', `${at(groupId)}/members`, { body: { email, role } })
}

export function setRole(groupId: string, userId: string, role: Role): Promise<Group> {
  return callApi('PATCH', `${at(groupId)}/members/${encodeURIComponent(userId)}`, { body: { role } })
}

export function removeMember(groupId: string, userId: string): Promise<null> {
  return callApi('DELETE', `${at(groupId)}/members/${encodeURIComponent(userId)}`)
}

/** Makes an invitation link. `uses` null: without limit. */
export function invite(
  groupId: string,
  invitation: {
    readonly role: Role
    readonly expiresAt: string
    readonly uses: number | null
    readonly email?: string
  },
): Promise<Invitation> {
  return callApi('POST', `${at(groupId)}/invitations`, { body: invitation })
}

/** The first documents by title, among those one may read, that have these words in title or authors. */
export function searchDocuments(words: string, signal: AbortSignal): Promise<Page<Document>> {
  return callApi('GET', '/documents', { query: { q: words || undefined, limit: 20 }, signal })
}

export function setArchived(groupId: string, archived: boolean): Promise<Group> {
  return callApi('PATCH', at(groupId), { body: { archived } })
}

export function setMuted(groupId: string, userId: string, muted: boolean): Promise<Group> {
  return callApi('PATCH', `${at(groupId)}/members/${encodeURIComponent(userId)}`, { body: { muted } })
}

export function fetchInvitations(groupId: string): Promise<Page<InvitationRow>> {
  return callApi('GET', `${at(groupId)}/invitations`)
}

export function revokeInvitation(groupId: string, id: string): Promise<null> {
  return callApi('DELETE', `${at(groupId)}/invitations/${encodeURIComponent(id)}`)
}

/** Brings in a class list; `role` is that of lines which name none. */
export function sendRoster(groupId: string, csv: string, role: Role): Promise<RosterReport> {
  return callApi('POST', `${at(groupId)}/roster`, { body: { csv, role } })
}

export function addLayer(groupId: string, layer: NewLayer): Promise<Layer> {
  return callApi('POST', `${at(groupId)}/layers`, { body: layer })
}

export function changeLayer(layer: Layer, change: LayerChange): Promise<Layer> {
  return callApi('PATCH', `/layers/${encodeURIComponent(layer.id)}`, { body: change, version: layer.version })
}

export function revealLayer(layerId: string): Promise<Layer> {
  return callApi('POST', `/layers/${encodeURIComponent(layerId)}/reveal`)
}

export function settleFlag(flagId: string): Promise<null> {
  return callApi('POST', `/flags/${encodeURIComponent(flagId)}/settle`)
}

/** Hides what a flag is about, or shows it again. */
export function setHidden(flag: Flag, hidden: boolean, reason: string): Promise<unknown> {
  const what = flag.replyId === null ? `/threads/${flag.thread.id}` : `/replies/${flag.replyId}`
  return callApi('POST', `${what}/moderation`, { body: { hidden, reason } })
}

export function setLocked(threadId: string, locked: boolean): Promise<unknown> {
  return callApi('POST', `/threads/${threadId}/moderation`, { body: { locked } })
}
