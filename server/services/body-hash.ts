/**
 * Whether two requests to create something ask for the same: who sends an id of their own may send the request
 * again, and gets the original only when nothing in it differs.
 */
import { createHash } from 'node:crypto'

/** SHA-256, in hex, of the body as canonical JSON: keys in order, fields that are undefined left out. */
export function bodyHash(body: unknown): string {
  return createHash('sha256').update(toCanonicalJson(body)).digest('hex')
}

function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => toCanonicalJson(item ?? null)).join(',')}]`
  if (value instanceof Uint8Array) return JSON.stringify(createHash('sha256').update(value).digest('hex'))
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
