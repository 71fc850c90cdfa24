/** The address of a room's socket on the server this page came from; without a room that of the socket for all. */
export function socketUrl(room: string | null, params: Readonly<Record<string, string>> = {}): string {
  const url = new URL(room === null ? '/sync' : `/sync/${room}`, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = new URLSearchParams(params).toString()
  return url.href
}
