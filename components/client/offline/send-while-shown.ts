import type { SendingListener } from './send-unsent.ts'

/**
 * Sends what this browser keeps of an account until the function it answers is called. Where a browser keeps nothing,
 * or cannot load now what sends, nothing is sent.
 */
export function sendWhileShown(accountId: string, listener: SendingListener): () => void {
  let isOver = false
  let stop = () => {}
  const begin = async () => {
    const { startSending } = await import('./send-unsent.ts')
    const end = await startSending(accountId, listener)
    if (isOver) end()
    else stop = end
  }
  begin().catch(() => null)
  return () => {
    isOver = true
    stop()
  }
}
