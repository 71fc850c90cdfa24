/** The address of a room's socket on the server this page came from. */
export function socketUrl(room: string, params: Readonly<Record<string, string>> = {}): string {
  const url = new URL(`/sync/${room}`, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = new URLSearchParams(params).toString()
  return url.href
}
