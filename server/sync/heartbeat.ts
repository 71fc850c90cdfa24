/** Finds connections whose other end is gone without a word. */
import type { WebSocket, WebSocketServer } from 'ws'
import { pingEveryMs } from './limits.ts'

/** Pings every connection, and ends those that have not answered by the next ping. Answers what stops it. */
export function startHeartbeat(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>()
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate()
        continue
      }
      silent.add(socket)
      socket.once('pong', () => silent.delete(socket))
      socket.ping()
    }
  }, pingEveryMs)
  return () => clearInterval(timer)
}
