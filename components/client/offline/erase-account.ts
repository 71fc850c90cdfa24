/** Takes everything of an account from this browser, as signing out does. */
import { eraseDrafts } from '../kept-drafts.ts'
import { flagKept } from './kept-flag.ts'
import { eraseKept } from './kept-words.ts'

export { countKept } from './kept-words.ts'

/** Deletes what is kept of the account: unsent words, drafts of replies, and pages. A browser that kept nothing has none. */
export async function eraseAccount(accountId: string): Promise<void> {
  eraseDrafts(accountId)
  flagKept(accountId, false)
  await eraseKept(accountId).catch(() => null)
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) if (name.startsWith('postil-')) await caches.delete(name)
}
