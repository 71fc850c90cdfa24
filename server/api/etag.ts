/** Versions of things as HTTP speaks of them. */
import { AppError } from '#domain/app-error.ts'
import type { IfMatch } from '../services/contracts/if-match.ts'

/** The `ETag` of a version. */
export const toEtag = (version: number) => `"${version}"`

/** The version that `If-Match` names; null when it is absent or `*`. Throws `stale` for what no version can match. */
export function readIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === '*') return null
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (!version) throw new AppError('stale', 'If-Match names no version that there is.')
  return Number(version)
}
