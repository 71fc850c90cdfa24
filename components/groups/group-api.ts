/** What the page of a group asks of the server. All throw `ApiError`. */
import { callApi } from '#components/client/api.ts'
import type { Role } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Group, Invitation } from '#domain/wire/group.ts'
import type { Page } from '#domain/wire/shared.ts'

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
  invitation: { readonly role: Role; readonly expiresAt: string; readonly uses: number | null },
): Promise<Invitation> {
  return callApi('POST', `${at(groupId)}/invitations`, { body: invitation })
}

/** The first documents by title, among those one may read, that have these words in title or authors. */
export function searchDocuments(words: string, signal: AbortSignal): Promise<Page<Document>> {
  return callApi('GET', '/documents', { query: { q: words || undefined, limit: 20 }, signal })
}
