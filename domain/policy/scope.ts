/**
 * How far whoever speaks for a person may go. A signed-in browser goes all the way; an API token as far as it was
 * made for, and never further than its person may:
 *
 *   read    what they may read
 *   write   that, and to write, bring in texts and lead groups
 *   admin   that, and their own account, and the server if they are its administrator
 */
import type { Action } from './actions.ts'
import type { Actor } from './actor.ts'

/** All scopes, the narrowest first. */
export const scopes = ['read', 'write', 'admin'] as const

export type Scope = (typeof scopes)[number]

/** The actions that need another scope than `write`. */
const neededFor: { readonly [A in Action]?: Scope } = {
  'server.administer': 'admin',
  'audit.read': 'admin',
  'account.change': 'admin',
  'document.make-public': 'admin',
  'document.read': 'read',
  'group.read': 'read',
  'group.read-audit': 'admin',
  'layer.read': 'read',
  'thread.read': 'read',
  'reply.read': 'read',
  'parallel.read': 'read',
  'stance.read': 'read',
}

/** The scope that an action needs. */
export const scopeOf = (action: Action): Scope => neededFor[action] ?? 'write'

/** Whether the actor's scope reaches as far as `needed`. Nobody's and the command line's is no bound. */
export function reaches(actor: Actor, needed: Scope): boolean {
  return actor.kind !== 'person' || scopes.indexOf(actor.scope) >= scopes.indexOf(needed)
}
