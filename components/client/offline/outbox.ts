/**
 * What this page's account has kept on this device, and the ways to keep more, to drop it, and to offer it back. The
 * page shows it by `unsentStore`; `send-unsent.ts` sends it.
 */
import { flagKept } from './kept-flag.ts'
import { KeptWords, type Waited } from './kept-words.ts'
import type { ReturnedWords, UnsentEntry } from './unsent-entry.ts'
import { unsentStore, unsentView } from './unsent-store.ts'
import { withUnsent } from './with-unsent.ts'

/** The outbox of one account. What changes it is on this device's disk when the call resolves. */
export interface Outbox {
  readonly kept: KeptWords
  /** Keeps something to be sent later. */
  keep(entry: UnsentEntry): Promise<void>
  /** Forgets an entry, and with a thread that was never made that it was to be posted. */
  withdraw(entryId: string): Promise<void>
  /** The same, and the words in the note of such a thread. */
  discard(entryId: string): Promise<void>
  /** Offers words back to their author, and forgets what they waited as, in one step. */
  giveBack(words: readonly ReturnedWords[], instead: Waited): Promise<void>
  discardReturned(id: string): Promise<void>
  /** Reads anew what is kept. */
  refresh(): Promise<void>
}

let opened: Promise<Outbox> | null = null

/** The outbox of this page's account, opened once. Throws where the browser keeps nothing. */
export function openOutbox(accountId: string): Promise<Outbox> {
  opened ??= makeOutbox(accountId).catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

async function makeOutbox(accountId: string): Promise<Outbox> {
  const kept = await KeptWords.open(accountId)
  const refresh = async () => {
    const { notes, entries, returned } = await kept.readAll()
    unsentStore.set({ notes, entries, returned })
    flagKept(accountId, notes.length + entries.length + returned.length > 0)
  }
  const change = async (write: Promise<void>) => {
    await write
    await refresh()
  }
  const withdraw = async (entryId: string) => {
    for (const id of withPosts(entryId)) await kept.forgetEntry(id)
  }
  const discard = async (entryId: string) => {
    await kept.forgetNotes(await kept.notesOf(entryId))
    await withdraw(entryId)
  }
  unsentView.set({ show: withUnsent })
  await refresh()
  return {
    kept,
    refresh,
    keep: (entry) => change(kept.keepEntry(entry)),
    withdraw: (id) => change(withdraw(id)),
    discard: (id) => change(discard(id)),
    giveBack: (words, { notes, entryIds }) =>
      change(kept.giveBack(words, { notes, entryIds: entryIds.flatMap(withPosts) })),
    discardReturned: (id) => change(kept.forgetReturned(id)),
  }
}

/** An entry, and of a thread that was never made also that it was to be posted. */
function withPosts(entryId: string): readonly string[] {
  const posts = unsentStore
    .get()
    .entries.filter((entry) => entry.kind === 'post' && entry.threadId === entryId)
  return [...posts.map(({ id }) => id), entryId]
}
