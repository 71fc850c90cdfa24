import { changeThread, setThreadStatus } from './change-thread.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { ThreadService } from './contracts/threads.ts'
import { createThread } from './create-thread.ts'
import { deleteThread, restoreThread } from './delete-thread.ts'
import { listThreads } from './list-threads.ts'
import { moderateThread } from './moderate.ts'
import { moveThreads } from './move-threads.ts'
import { postDrafts } from './post-drafts.ts'
import { createEventPresenter } from './present-event.ts'
import { getThread } from './thread-access.ts'

/** Threads: what people mark and write in the margin. Each deed is in a file of its own. */
export function createThreadService(context: ServiceContext, feed: FeedBus): ThreadService {
  return {
    create: (actor, thread) => createThread(context, feed, actor, thread),
    list: (actor, documentId, query) => listThreads(context, actor, documentId, query),
    get: (actor, threadId) => getThread(context, actor, threadId),
    change: (actor, threadId, change, ifMatch) =>
      changeThread(context, feed, actor, threadId, change, ifMatch),
    delete: (actor, threadId, ifMatch) => deleteThread(context, feed, actor, threadId, ifMatch),
    restore: (actor, threadId) => restoreThread(context, feed, actor, threadId),
    setStatus: (actor, threadId, status) => setThreadStatus(context, feed, actor, threadId, status),
    move: (actor, wanted) => moveThreads(context, feed, actor, wanted),
    moderate: (actor, threadId, deed) => moderateThread(context, feed, actor, threadId, deed),
    post: (actor, threadIds) => postDrafts(context, feed, actor, threadIds),
    presentEvent: createEventPresenter(context),
  }
}
