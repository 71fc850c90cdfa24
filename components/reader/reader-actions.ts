/** What a reader can do with threads, as the buttons and keys of the page call it. */

import { ApiError } from '#components/client/api.ts'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { newId } from '#components/client/new-id.ts'
import { keepForLater, loadOutbox, sendOrKeep } from '#components/client/offline/send-or-keep.ts'
import { isUnsentThread, unsentStore } from '#components/client/offline/unsent-store.ts'
import type { ReadingRoom } from '#components/client/reading-room.ts'
import {
  changeThread,
  createThread,
  deleteReply,
  deleteThread,
  getThread,
  postThreads,
  restoreReply,
  restoreThread,
} from '#components/client/thread-api.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { NewThread, Reply, ThreadChange, ThreadWithReplies } from '#domain/wire/thread.ts'
import { blockAt } from './block-spans.ts'
import { scrollToRange } from './go-to.ts'
import { type ReaderData, whereOf } from './reader-data.ts'
import type { ReaderView, SelectedWords } from './reader-view.ts'
import { type PageBlock, toTextRange } from './text-ranges.ts'

export type ReaderActions = ReturnType<typeof createReaderActions>

/** Everything the actions work on. */
export interface ActionContext {
  readonly data: ReaderData
  readonly room: ReadingRoom
  readonly view: ReaderView
  readonly getBlocks: () => readonly PageBlock[]
}

/** Makes the actions of one open reader. Those that call the server tell of a failure themselves, and resolve. */
export function createReaderActions({ data, room, view, getBlocks }: ActionContext) {
  /** Opens the card of a thread; with `goes` its words are brought into view, with `focuses` the card is entered. */
  const open = (placed: PlacedThread, { goes = false, focuses = false } = {}) => {
    const { id } = placed.thread
    view.set({
      activeId: id,
      focusId: focuses ? id : null,
      choice: null,
      isSheetOpen: true,
      seen: new Set(view.get().seen).add(id),
    })
    const range = placed.ranges[0]
    // On a narrow screen the notes cover the lower half: the words go where they can be seen beside them.
    if (range && (goes || innerWidth < 900)) scrollToRange(getBlocks(), range)
  }

  /** Closes the open card and goes back to the text: to the mark of its paragraph. */
  const close = (placed: PlacedThread | undefined) => {
    const range = placed?.ranges[0]
    const gutter = range && blockAt(getBlocks(), range.start)?.gutter
    // Where there are several marks, the one whose note is open.
    const mark =
      gutter?.querySelector<HTMLElement>('[aria-expanded="true"]') ?? gutter?.querySelector('button')
    view.set({ activeId: null, focusId: null, choice: null, isSheetOpen: false })
    mark?.focus({ preventScroll: true })
  }

  /** Lets go of words that something was made of, unless others were selected while the server was asked. */
  const letGo = (used: TextRange) => {
    const selection = getSelection()
    const now = selection?.rangeCount ? toTextRange(getBlocks(), selection.getRangeAt(0)) : null
    if (now && isSame(now, used)) selection?.removeAllRanges()
    const { selected } = view.get()
    if (selected && isSame(selected.range, used)) view.set({ selected: null })
  }

  const accountId = data.me?.id ?? null

  const make = async (kind: NewThread['kind'], range: TextRange, words: string) => {
    const target = view.get().writingRoom
    if (!target || view.get().isMaking) return
    const isBare = kind === 'highlight'
    view.set({ isMaking: true })
    await attempt(async () => {
      const id = newId()
      const thread = {
        id,
        documentId: data.document.id,
        layerId: target.layerId,
        kind: target.kind === 'commentary' && kind === 'note' ? 'commentary' : kind,
        passages: [{ editionId: data.document.edition.id, ...range, exact: words }],
        tags: [],
        draft: !isBare && target.kind !== 'private',
      }
      const where = whereOf(data, target)
      const entry = { kind: 'thread', id, writtenAt: Date.now(), where, thread } as const
      const made = await sendOrKeep(accountId, entry, () => createThread(thread))
      if (made) room.putThread(made)
      letGo(range)
      view.set({
        shownRooms: new Set(view.get().shownRooms).add(target.name),
        activeId: isBare ? null : id,
        focusId: null,
        editingId: isBare ? null : id,
        isSheetOpen: !isBare,
        seen: new Set(view.get().seen).add(id),
      })
    })
    view.set({ isMaking: false })
  }

  const change = (thread: ThreadWithReplies, wanted: ThreadChange) =>
    attempt(async () => room.putThread(await changeThread(thread.id, wanted, thread.version)))

  /** Shown at once; taken back, and said, when the server does not do it. */
  const setCoWritten = async (thread: ThreadWithReplies, coWritten: boolean) => {
    room.putThread({ ...thread, coWritten })
    if (!(await change(thread, { coWritten }))) room.putThread(thread)
  }

  /** Posts a draft; with words that wait to be sent, or without a connection, it is posted after them. */
  const post = (thread: ThreadWithReplies, words: string, isWaiting: boolean) =>
    attempt(async () => {
      const entry = {
        kind: 'post',
        id: `post-${thread.id}`,
        writtenAt: Date.now(),
        where: whereOf(data, data.rooms.find(({ layerId }) => layerId === thread.layerId) ?? null),
        threadId: thread.id,
        text: words,
      } as const
      if (isWaiting) await keepForLater(accountId, entry)
      else
        for (const posted of (await sendOrKeep(accountId, entry, () => postThreads([thread.id]))) ?? [])
          room.putThread(posted)
    })

  /** Marks anew what a thread is about: the selection instead of its words, or beside them. */
  const setPassages = async (
    thread: ThreadWithReplies,
    { range, words }: SelectedWords,
    how: 'replace' | 'add',
  ) => {
    const selected = { editionId: data.document.edition.id, ...range, exact: words }
    // Passages in other documents are not what was read here: they stay.
    const kept = thread.passages.filter(
      (passage) => how === 'add' || 'hidden' in passage || passage.documentId !== data.document.id,
    )
    const isDone = await change(thread, { passages: [...kept.map(({ id }) => ({ id })), selected] })
    if (isDone) letGo(range)
  }

  const remove = (thread: ThreadWithReplies) =>
    attempt(async () => {
      if (isUnsentThread(unsentStore.get(), thread.id)) {
        view.set({ editingId: null, activeId: null })
        await (await loadOutbox(accountId ?? ''))?.discard(thread.id)
        return
      }
      await deleteThread(thread.id)
      view.set({ editingId: null, activeId: thread.replyCount > 0 ? thread.id : null })
      if (thread.replyCount > 0) room.putThread(await getThread(thread.id))
      else room.dropThread(thread.id)
      const undo = () => void attempt(async () => room.putThread(await restoreThread(thread.id)))
      showToast({
        text: thread.state === 'draft' ? 'Draft discarded.' : 'Note deleted.',
        action: { label: 'Undo', run: undo },
      })
    })

  const removeReply = (threadId: string, reply: Reply) =>
    attempt(async () => {
      await deleteReply(reply.id)
      room.putReply(threadId, { ...reply, body: null, text: '', deletedAt: new Date().toISOString() })
      const undo = () => void attempt(async () => room.putReply(threadId, await restoreReply(reply.id)))
      showToast({ text: 'Reply deleted.', action: { label: 'Undo', run: undo } })
    })

  const toggleRoom = (name: string) => {
    const shown = new Set(view.get().shownRooms)
    if (!shown.delete(name)) shown.add(name)
    view.set({ shownRooms: shown })
  }

  return { open, close, make, change, setCoWritten, post, setPassages, remove, removeReply, toggleRoom }
}

/** Runs a call to the server; a failure is told in a toast. Resolves to whether it went well. */
export async function attempt(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    showToast({ face: 'failed', text: toSentence(error) })
    return false
  }
}

function toSentence(error: ApiError): string {
  if (error.code === 'offline')
    return 'The server cannot be reached: nothing was changed. Try again in a moment.'
  if (error.code === 'stale') return 'Somebody changed this in the meantime: look again, then repeat it.'
  if (error.code === 'unauthenticated') return 'You are signed out. Sign in again, then repeat it.'
  return error.message
}

const isSame = (one: TextRange, other: TextRange) => one.start === other.start && one.end === other.end
