/** What the reader does so that it works on without a connection. */
import { useEffect } from 'react'
import { hasKept } from '#components/client/offline/kept-flag.ts'
import { sendWhileShown } from '#components/client/offline/send-while-shown.ts'
import { unsentStore } from '#components/client/offline/unsent-store.ts'
import type { ReadingRoom } from '#components/client/reading-room.ts'
import { useReader } from './reader-context.ts'

/** A page that is still loading, or whose reader has only just come, is not made to load more. */
const settledAfterMs = 30_000

/**
 * Brings the parts that work without a connection to this browser, and sends what is kept: once something is selected,
 * as whoever wants to write does first, or the page has settled.
 */
export function useOffline(): void {
  const { data, room } = useReader()
  useEffect(() => {
    if (!data.me) return
    const account = data.me.id
    let isOver = false
    const prepare = async () => {
      const { prepareForOffline } = await import('#components/client/offline/prepare.ts')
      if (!isOver) await prepareForOffline(account)
    }
    let stop = () => {}
    const begin = () => {
      cease()
      stop = sendWhileShown(account, {
        onThread: (thread) => room.putThread(thread),
        onReply: (threadId, reply) => room.putReply(threadId, reply),
      })
      // Where a browser keeps nothing, or cannot load them now, the page is live as long as it stays open.
      prepare().catch(() => null)
    }
    const onSelection = () => {
      if (getSelection()?.isCollapsed === false) begin()
    }
    const isDue = hasKept(account) || !navigator.onLine
    const timer = setTimeout(begin, isDue ? 0 : settledAfterMs)
    document.addEventListener('selectionchange', onSelection)
    const stopShowing = showWhatStands(room)
    const cease = () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', onSelection)
    }
    return () => {
      isOver = true
      stopShowing()
      stop()
      cease()
    }
  }, [data, room])
}

/** Words that were given back do not stand where they were written: the margin shows what the server has. */
function showWhatStands(room: ReadingRoom): () => void {
  let shown = unsentStore.get().returned.length
  return unsentStore.subscribe(() => {
    const { returned } = unsentStore.get()
    if (returned.length > shown) room.reloadAll()
    shown = returned.length
  })
}
