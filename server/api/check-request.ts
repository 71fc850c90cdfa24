/** What is asked of every request's body, query and path, besides their schemas. */
import type { Hook } from '@hono/zod-openapi'
import { type FieldError, toFieldErrors, unprocessable } from '../services/check-input.ts'
import type { ApiEnv } from './api.ts'

// biome-ignore lint/suspicious/noExplicitAny: the framework declares the hook of all routes with `any`.
type EveryHook = Hook<any, ApiEnv, any, any>

/** Runs after each part of a request was held against its schema. Throws `unprocessable` for what is wrong. */
export const checkRequest: EveryHook = (result) => {
  if (!result.success) throw unprocessable(toFieldErrors(result.error.issues))
  const unstorable = findUnstorable(result.data, [])
  if (unstorable) throw unprocessable([unstorable])
}

/** A surrogate without its other half: with the `u` flag a whole pair is one character and does not match. */
const halfPair = /\p{Surrogate}/u

/** The database keeps neither U+0000 nor half a surrogate pair; what would be lost or fail there is refused here. */
function findUnstorable(value: unknown, path: readonly string[]): FieldError | null {
  if (typeof value === 'string') {
    if (value.includes('\0'))
      return { path: path.join('.'), message: 'must not contain the character U+0000' }
    if (halfPair.test(value)) return { path: path.join('.'), message: 'contains half a surrogate pair' }
    return null
  }
  if (typeof value !== 'object' || value === null || value instanceof Blob) return null
  for (const [key, member] of Object.entries(value)) {
    const found = findUnstorable(key, [...path, key]) ?? findUnstorable(member, [...path, key])
    if (found) return found
  }
  return null
}
