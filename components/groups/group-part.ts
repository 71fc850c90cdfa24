import type { Group } from '#domain/wire/group.ts'
import type { GroupRights } from './group-rights.ts'

/** What each part of a group's page is given. */
export interface GroupPart {
  readonly group: Group
  readonly rights: GroupRights
  /** The group as the server says it is now. */
  readonly onGroup: (group: Group) => void
}
