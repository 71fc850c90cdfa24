/**
 * Drafts of replies, kept in this browser until they are sent. A key begins with the id of its account. A browser that keeps nothing only loses the drafts.
 */
import type { NoteJson } from '#domain/note/note-json.ts'

const prefix = 'postil-draft-'

/** The draft kept under `key`, or null. */
export function readDraft(key: string): NoteJson | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix + key) ?? 'null')
    const isNote = typeof kept === 'object' && kept !== null && Reflect.get(kept, 'type') === 'doc'
    return isNote ? (kept as NoteJson) : null
  } catch {
    return null
  }
}

/** Keeps a draft; null forgets it. */
export function keepDraft(key: string, body: NoteJson | null): void {
  try {
    if (body === null) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, JSON.stringify(body))
  } catch {
    // Storage is full or forbidden: the draft lives on in the open editor.
  }
}

export const clearDraft = (key: string) => keepDraft(key, null)

/** Forgets all drafts of an account. */
export function eraseDrafts(accountId: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(`${prefix}${accountId}-`)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
