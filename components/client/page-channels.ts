/** The one socket of this page. */
import { Channels } from './channels.ts'
import { socketUrl } from './socket-url.ts'

let channels: Channels | null = null

/** The page's channels, made when they are first asked for. In browsers only. */
export function pageChannels(): Channels {
  if (channels) return channels
  const made = new Channels({ connect: () => new WebSocket(socketUrl(null, { v: '1' })) })
  addEventListener('online', made.connectNow)
  addEventListener('offline', made.drop)
  channels = made
  return made
}
