/** The way of everything that is written: to the server, or onto this device until there is a connection. */
import { ApiError } from '../api.ts'
import type { Outbox } from './outbox.ts'
import type { UnsentEntry } from './unsent-entry.ts'

/**
 * Sends it now; without a connection it is kept, and resolves with null. Throws ApiError when the server refuses it, or
 * when it can be neither sent nor kept.
 */
export async function sendOrKeep<Answer>(
  accountId: string | null,
  entry: UnsentEntry,
  send: () => Promise<Answer>,
): Promise<Answer | null> {
  try {
    if (navigator.onLine) return await send()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'offline') throw error
  }
  await keepForLater(accountId, entry)
  return null
}

/** Keeps it on this device until it can be sent. Throws ApiError where nothing can be kept. */
export async function keepForLater(accountId: string | null, entry: UnsentEntry): Promise<void> {
  const outbox = accountId === null ? null : await loadOutbox(accountId)
  if (!outbox)
    throw new ApiError('offline', 'The server cannot be reached, and this browser keeps nothing.', 0)
  await outbox.keep(entry)
}

/** The outbox of an account; null where the browser keeps nothing, or its code cannot be loaded now. */
export async function loadOutbox(accountId: string): Promise<Outbox | null> {
  try {
    const { openOutbox } = await import('./outbox.ts')
    return await openOutbox(accountId)
  } catch {
    return null
  }
}
