/**
 * Sends what was written without a connection, once there is one: threads and replies by REST, under ids that this
 * browser gave them, so that a lost answer makes nothing twice; then words in notes, over the socket; then posts the
 * drafts that were posted. What the server will not take is offered back to its author.
 *
 * Loaded when the page has settled, or at once when something is kept.
 */
import type { Reply, ThreadWithReplies } from '#domain/wire/thread.ts'
import { ApiError } from '../api.ts'
import type { ChannelsState } from '../channels.ts'
import { pageChannels } from '../page-channels.ts'
import { changeReply, createReply, createThread, postThreads } from '../thread-api.ts'
import type { KeptNote } from './kept-words.ts'
import { type Outbox, openOutbox } from './outbox.ts'
import { type UnsentEntry, wordsOf } from './unsent-entry.ts'
import { unsentStore } from './unsent-store.ts'
import { whyGone } from './why-gone.ts'

/** Called with what the server made of something that was kept. */
export interface SendingListener {
  onThread(thread: ThreadWithReplies): void
  onReply(threadId: string, reply: Reply): void
}

/** Sends now, and again whenever there is a connection anew. Answers what ends that. */
export async function startSending(accountId: string, listener: SendingListener): Promise<() => void> {
  const outbox = await openOutbox(accountId)
  let isSending = false
  let isDue = false
  const send = async () => {
    isDue = true
    if (isSending) return
    isSending = true
    try {
      while (isDue) {
        isDue = false
        await alone(accountId, () => sendAll({ accountId, outbox, listener }))
      }
    } catch (error) {
      // Somebody signed out, here or in another window: what was kept is erased.
      if (!(error instanceof DOMException)) throw error
    } finally {
      isSending = false
    }
  }
  const channels = pageChannels()
  const onState = (state: ChannelsState) => {
    // A page that has no room open has no socket either: whether there is a connection is found out by sending.
    if (state === 'open' || state === 'idle') void send()
  }
  const onNetwork = () => onState(channels.getState())
  onNetwork()
  addEventListener('online', onNetwork)
  const stop = channels.subscribe(onState)
  return () => {
    removeEventListener('online', onNetwork)
    stop()
  }
}

interface Sending {
  readonly accountId: string
  readonly outbox: Outbox
  readonly listener: SendingListener
}

/** One window of the account sends at a time, where the browser can tell; to send twice does no harm. */
async function alone(accountId: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  await navigator.locks.request(`postil-outbox-${accountId}`, work)
}

async function sendAll(sending: Sending): Promise<void> {
  await sending.outbox.refresh()
  const { entries } = unsentStore.get()
  for (const entry of entries) if (entry.kind !== 'post' && !(await settle(sending, entry))) return
  await sendNotes(sending)
  for (const entry of unsentStore.get().entries) {
    if (entry.kind !== 'post') continue
    // Nobody is shown a note whose words are still on their way.
    const isWaiting = (await sending.outbox.kept.notesOf(entry.threadId)).length > 0
    if (!isWaiting && !(await settle(sending, entry))) return
  }
}

/** Sends one entry; false when nothing more can be sent for the time being. */
async function settle({ outbox, listener }: Sending, entry: UnsentEntry): Promise<boolean> {
  try {
    await sendEntry(entry, listener)
    await outbox.kept.forgetEntry(entry.id)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (isForNow(error)) return false
    await takeBack(outbox, entry, await reasonOf(error, entry))
  }
  await outbox.refresh()
  return true
}

async function sendEntry(entry: UnsentEntry, listener: SendingListener): Promise<void> {
  switch (entry.kind) {
    case 'thread':
      listener.onThread(await createThread(entry.thread))
      return
    case 'reply':
      listener.onReply(entry.threadId, await createReply(entry.threadId, entry.reply))
      return
    case 'reply-edit':
      listener.onReply(entry.threadId, await changeReply(entry.replyId, entry.body, entry.version))
      return
    case 'post':
      for (const thread of await postThreads([entry.threadId])) listener.onThread(thread)
  }
}

/** No connection, no sign-in, too much at once or a server in trouble: the same will be taken later. */
const isForNow = ({ code, status }: ApiError) =>
  code === 'offline' || status === 401 || status === 429 || status >= 500

function reasonOf({ status, message }: ApiError, { kind, where }: UnsentEntry): Promise<string> | string {
  if (status !== 404) return message
  return whyGone(where, goneWords[kind])
}

const goneWords: Readonly<Record<UnsentEntry['kind'], string>> = {
  thread: 'The text, or its layer, is no longer open to you.',
  post: 'The note was deleted, or is no longer open to you.',
  reply: 'What you answered was deleted, or is no longer open to you.',
  'reply-edit': 'The reply was deleted, or is no longer open to you.',
}

async function takeBack(outbox: Outbox, entry: UnsentEntry, reason: string): Promise<void> {
  if (entry.kind === 'thread') return takeBackThread(outbox, entry, reason)
  const { id, where } = entry
  const returned = { id, returnedAt: Date.now(), where, reason, text: wordsOf(entry) }
  await outbox.giveBack(returned.text === '' ? [] : [returned], { notes: [], entryIds: [id] })
}

/** The words of a new thread are in its note: each opening of it, in this window or another, kept its own. */
async function takeBackThread(outbox: Outbox, { id, where }: UnsentEntry, reason: string): Promise<void> {
  const { refuseNote } = await import('../note-session.ts')
  if (refuseNote(id, reason)) return outbox.withdraw(id)
  const notes = await outbox.kept.notesOf(id)
  const returnedAt = Date.now()
  const returned = longestOf(notes).map(({ key, text }) => ({ id: key, returnedAt, where, reason, text }))
  await outbox.giveBack(returned, { notes, entryIds: [id] })
}

/** Those whose words are not all in another of them. */
const longestOf = (notes: readonly KeptNote[]) =>
  notes.filter(
    ({ text }, at) =>
      text !== '' &&
      !notes.some((other, index) => other.text.includes(text) && (other.text !== text || index < at)),
  )

/** Opens every note with kept words until those are committed, or given back. */
async function sendNotes({ outbox, accountId }: Sending): Promise<void> {
  const { notes } = await outbox.kept.readAll()
  if (notes.length === 0) return
  const { settleNote } = await import('../note-session.ts')
  for (const noteId of new Set(notes.map((note) => note.noteId))) await settleNote(noteId, accountId)
  await outbox.refresh()
}
