import type { Scope } from '#domain/policy/scope.ts'

/** How far an API token goes, in words. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  read: 'Reads only',
  write: 'Reads and writes',
  admin: 'Everything that you may',
}
