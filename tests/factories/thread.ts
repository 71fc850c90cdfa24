/** Threads for tests and the sample data. */
import type { Person } from '#domain/policy/actor.ts'
import type { NewThread, ThreadWithReplies } from '#domain/wire/thread.ts'
import type { Services } from '#server/services/services.ts'

/** Where the thread is opened, and what may be said of it; the rest is made up. */
export type ThreadOptions = Pick<NewThread, 'documentId' | 'layerId'> & Partial<NewThread>

/** A thread by `author`: a note about the whole document, unless said otherwise. */
export async function aThread(
  services: Pick<Services, 'threads'>,
  author: Person,
  options: ThreadOptions,
): Promise<ThreadWithReplies> {
  const made: NewThread = { kind: 'note', passages: [], tags: [], draft: false, note: 'A note.', ...options }
  return services.threads.create(author, made)
}
