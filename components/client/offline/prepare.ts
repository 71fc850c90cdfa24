/** Makes the open document reload without a connection: the parts of the page, kept by the service worker. */

import { loadOutbox } from './send-or-keep.ts'

/** Loads what one writes with, and has this page and its parts kept for this account. */
export async function prepareForOffline(accountId: string): Promise<void> {
  await Promise.all([
    // By the very way that is taken without a connection: each way to a part may have files of its own.
    loadOutbox(accountId),
    import('../note-session.ts'),
    import('#components/margin/open-card.tsx'),
    import('#components/margin/note-editor.tsx'),
    import('#components/margin/reply-editor.tsx'),
    import('#components/unsent/unsent-words.tsx'),
    import('#components/ui/toasts.tsx'),
  ])
  // While one develops, what stands under an address changes.
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/offline-worker.js')
  const { active } = await navigator.serviceWorker.ready
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  active?.postMessage({
    kind: 'keep',
    account: accountId,
    answers: [pageAddress(), ...loaded.filter(isListing)],
    parts: loaded.filter((address) => address.startsWith(`${location.origin}/_next/static/`)),
  })
}

/** The address of the section, without what only says where in it to begin. */
const pageAddress = () => location.origin + location.pathname

/** The first listing of a room's notes: what changed since comes when there is a connection. */
function isListing(address: string): boolean {
  const { origin, pathname, searchParams } = new URL(address)
  const isOfThreads = /^\/api\/v1\/documents\/[^/]+\/threads$/.test(pathname)
  return origin === location.origin && isOfThreads && !searchParams.has('since')
}
