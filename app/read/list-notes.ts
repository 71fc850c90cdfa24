import { mergeRooms, type PlacedThread } from '#components/client/merge-rooms.ts'
import { fromLists } from '#components/client/room-threads.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { services } from '#server/accessor.ts'

/** Which notes: those of a range of one edition. */
export interface NotesAt extends TextRange {
  readonly documentId: string
  readonly editionId: string
}

/** How many notes of each layer a page without JavaScript lists. */
const mostListed = 200

/** What a page lists of the notes: in reading order, and whether those are all. */
export interface ListedNotes {
  readonly threads: readonly PlacedThread[]
  readonly isWhole: boolean
}

/** The notes of these rooms in a range of an edition: what needs no script to be read. */
export async function listNotes(
  actor: Actor,
  { documentId, editionId, start, end }: NotesAt,
  rooms: readonly RoomChoice[],
): Promise<ListedNotes> {
  const lists = await Promise.all(
    rooms.map(async ({ name, layerId, groupId }) => {
      const query = {
        layer: layerId,
        group: groupId ?? undefined,
        edition: editionId,
        start,
        end,
        limit: mostListed,
      }
      return [name, await services().threads.list(actor, documentId, query)] as const
    }),
  )
  const known = new Map(lists.map(([name, list]) => [name, fromLists([list])] as const))
  return {
    threads: mergeRooms(known, documentId),
    isWhole: lists.every(([, list]) => list.next === null),
  }
}
