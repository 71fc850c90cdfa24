import { ApiError } from '#components/client/api.ts'
import { newId } from '#components/client/new-id.ts'
import { createThread } from '#components/client/thread-api.ts'
import type { Reader } from '#components/reader/reader-context.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { Parallel } from '#domain/wire/parallel.ts'

/** Opens a note about both passages of a parallel, to be written in the margin. A failure is told. */
export async function noteBoth(
  { room, view }: Reader,
  target: RoomChoice,
  { here, there }: Parallel,
): Promise<void> {
  try {
    const made = await createThread({
      id: newId(),
      documentId: here.documentId,
      layerId: target.layerId,
      kind: target.kind === 'commentary' ? 'commentary' : 'note',
      passages: [here, there].map(({ documentId, editionId, start, end }) => ({
        documentId,
        editionId,
        start,
        end,
      })),
      tags: [],
      draft: target.kind !== 'private',
    })
    room.putThread(made)
    view.set({
      shownRooms: new Set(view.get().shownRooms).add(target.name),
      activeId: made.id,
      focusId: null,
      editingId: made.id,
      isSheetOpen: true,
      seen: new Set(view.get().seen).add(made.id),
    })
  } catch (error) {
    showToast({ face: 'failed', text: error instanceof ApiError ? error.message : String(error) })
  }
}
