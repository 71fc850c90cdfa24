/** What stands after `/sync/`: which note, or which margin. */
import type { MarginRoomRef } from '#domain/wire/feed.ts'

/** The name of a room, read. */
export type RoomName =
  | { readonly kind: 'note'; readonly noteId: string }
  | { readonly kind: 'margin'; readonly ref: MarginRoomRef }

const part = /^[A-Za-z0-9_-]{1,64}$/

/** Reads the path of an upgrade request; null when it is no room's. */
export function readRoomName(pathname: string): RoomName | null {
  const [empty, sync, kind, ...ids] = pathname.split('/')
  if (empty !== '' || sync !== 'sync' || !ids.every((id) => part.test(id))) return null
  const [first, layerId, groupId, ...more] = ids
  if (kind === 'note' && first && layerId === undefined) return { kind, noteId: first }
  if (kind === 'margin' && first && layerId && groupId && more.length === 0) {
    return { kind, ref: { documentId: first, layerId, groupId } }
  }
  return null
}
