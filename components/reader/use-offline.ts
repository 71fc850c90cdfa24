/** What the reader does so that it works on without a connection. */
import { useEffect } from 'react'
import { hasKept } from '#components/client/offline/kept-flag.ts'
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
    const send = async () => {
      const { startSending } = await import('#components/client/offline/send-unsent.ts')
      const end = await startSending(account, {
        onThread: (thread) => room.putThread(thread),
        onReply: (threadId, reply) => room.putReply(threadId, reply),
      })
      if (isOver) end()
      else stop = end
    }
    const begin = () => {
      cease()
      // Where a browser keeps nothing, or cannot load them now, the page is live as long as it stays open.
      send().catch(() => null)
      prepare().catch(() => null)
    }
    const onSelection = () => {
      if (getSelection()?.isCollapsed === false) begin()
    }
    const isDue = hasKept(account) || !navigator.onLine
    const timer = setTimeout(begin, isDue ? 0 : settledAfterMs)
    document.addEventListener('selectionchange', onSelection)
    const cease = () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', onSelection)
    }
    return () => {
      isOver = true
      stop()
      cease()
    }
  }, [data, room])
}
