/** What happens when a note that was being written is left. */
import { loadOutbox } from '#components/client/offline/send-or-keep.ts'
import { hasKeptNote, isUnsentThread, unsentStore } from '#components/client/offline/unsent-store.ts'
import type { ReadingRoom } from '#components/client/reading-room.ts'
import { deleteThread } from '#components/client/thread-api.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { ReaderView } from './reader-view.ts'

/** The words of a note as its editor holds them. */
export interface WrittenWords {
  readonly text: string
  readonly json: NoteJson
  /** The server will not have them. */
  readonly isRefused: boolean
}

export interface Editing {
  /** Called by the editor as words change. */
  report(threadId: string, words: WrittenWords): void
}

/**
 * Watches which note is open for writing. One that is left shows at once what was written in it; a draft that was
 * left without a word is nobody's note, and goes in silence.
 */
export function watchEditing(room: ReadingRoom, view: ReaderView, accountId: string | null): Editing {
  const written = new Map<string, WrittenWords>()
  let openId: string | null = null

  const find = (threadId: string) => {
    for (const { threads } of room.store.get().rooms.values()) {
      const thread = threads.get(threadId)
      if (thread) return thread
    }
    return null
  }
  const leave = async (threadId: string) => {
    const thread = find(threadId)
    const words = written.get(threadId)
    written.delete(threadId)
    if (isUnsentThread(unsentStore.get(), threadId)) {
      const isEmpty = (words?.text ?? '').trim() === '' && !hasKeptNote(unsentStore.get(), threadId)
      if (isEmpty) await (await loadOutbox(accountId ?? ''))?.discard(threadId)
      return
    }
    if (!thread) return
    if (thread.state === 'draft' && (words?.text ?? thread.note?.text ?? '').trim() === '') {
      room.dropThread(threadId)
      await deleteThread(threadId, { keepalive: true })
      return
    }
    if (!words || words.isRefused) return
    room.putThread({
      ...thread,
      note: { text: words.text, json: { ...words.json, content: [...words.json.content] } },
    })
  }
  view.subscribe(() => {
    const { editingId } = view.get()
    if (editingId === openId) return
    // Losing the server here costs nothing: its author sees the empty draft and can discard it.
    if (openId !== null) void leave(openId).catch(() => null)
    openId = editingId
  })
  return { report: (threadId, words) => void written.set(threadId, words) }
}
