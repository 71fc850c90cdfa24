/** Who stands at a door. Every door asks here, so that what is revoked is revoked everywhere within a second. */
import { LRUCache } from 'lru-cache'
import { decode } from 'next-auth/jwt'
import { type Actor, anonymous } from '#domain/policy/actor.ts'
import { type Credentials, readCredentials } from '../auth/credentials.ts'
import { findActor, findSessionActor, findTokenActor } from '../db/actors.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService, Affected } from './contracts/access.ts'
import type { Origin } from './contracts/feed.ts'
import { hashSecret } from './secrets.ts'

const rememberMs = 1_000
const rememberAtMost = 10_000

/** Looks sessions and tokens up, and tells who listens when a person's rights may have changed. */
export function createAccessService({ database: { db }, now, secret }: ServiceContext): AccessService {
  const remembered = new LRUCache<string, { at: number; actor: Promise<Actor> }>({ max: rememberAtMost })
  const listeners = new Set<(who: Affected, origin: Origin) => void>()

  /** `at` is when the lookup began: what is revoked while it runs is not remembered for longer. */
  function remember(key: string, look: () => Promise<Actor>): Promise<Actor> {
    const known = remembered.get(key)
    const age = known ? now() - known.at : rememberMs
    // Below zero: the clock was set back, and would have it remembered for longer.
    if (known && age >= 0 && age < rememberMs) return known.actor
    const actor = look()
    remembered.set(key, { at: now(), actor })
    actor.catch(() => remembered.delete(key))
    return actor
  }

  function resolve(credentials: Credentials): Promise<Actor> {
    if (credentials.kind === 'none') return Promise.resolve(anonymous)
    if (credentials.kind === 'bearer') {
      const hash = hashSecret(credentials.token)
      return remember(`token ${hash}`, () => findTokenActor(db, hash, now()))
    }
    return remember(`cookie ${hashSecret(credentials.value)}`, async () => {
      const sessionId = await readSessionId(credentials.value, secret)
      return sessionId === null ? anonymous : findSessionActor(db, sessionId, now())
    })
  }

  return {
    resolveActor: (headers) => resolve(readCredentials(headers)),
    actorForToken: (token) => resolve({ kind: 'bearer', token }),
    actorOf: (userId) => findActor(db, userId),
    changed(who, origin = 'here') {
      remembered.clear()
      for (const listener of listeners) listener(who, origin)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The session that a cookie names; null when the cookie was not made by this server or is too old. */
async function readSessionId(cookie: string, secret: string): Promise<string | null> {
  const token = await decode({ token: cookie, secret }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : null
}
