/** A way between two programs that a test can cut: a proxy for TCP on a free port. */
import { connect, createServer, type Socket } from 'node:net'

/** A running proxy. */
export interface TcpProxy {
  readonly port: number
  /** From now on nothing passes, and nobody is told: connections stand, and carry nothing. */
  cut(): void
  /** Lets everything pass again. Connections that stood meanwhile are ended, as a router forgets them. */
  heal(): void
  stop(): Promise<void>
}

/** Passes connections on to the port that `target` answers for each. */
export async function startTcpProxy(target: () => number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isCut = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => {
      if (!isCut) to.write(bytes)
    })
    from.on('close', () => {
      if (!isCut) to.destroy()
    })
  }
  const server = createServer((client) => {
    keep(client)
    if (isCut) return
    const upstream = connect(target(), '127.0.0.1')
    keep(upstream)
    pass(client, upstream)
    pass(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      isCut = true
    },
    heal() {
      isCut = false
      endAll()
    },
    stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      endAll()
      return closed
    },
  }
}
