/** How a server that stops parts from its clients: each is told to come back, and nobody is waited for long. */
import type { WebSocketServer } from 'ws'
import { closings } from './close-codes.ts'

const goodbyeMs = 1_000

/** Says goodbye to every client; resolves when they have gone, or been cut off. */
export async function sayGoodbye(sockets: WebSocketServer): Promise<void> {
  const clients = [...sockets.clients]
  const { code, reason } = closings.restarting
  for (const client of clients) client.close(code, reason)
  const timer = setTimeout(() => {
    for (const client of clients) client.terminate()
  }, goodbyeMs)
  await Promise.all(
    clients.map(
      (client) =>
        new Promise<void>((resolve) => {
          if (client.readyState === client.CLOSED) resolve()
          else client.once('close', () => resolve())
        }),
    ),
  )
  clearTimeout(timer)
}
