/** Who asks. */

import type { Scope } from './scope.ts'

/** What a person is in one group. */
export type Role = 'owner' | 'instructor' | 'reader' | 'observer'

/** All roles, the most powerful first. */
export const roles = ['owner', 'instructor', 'reader', 'observer'] as const satisfies readonly Role[]

/** Somebody without a sign-in. */
export interface Anonymous {
  readonly kind: 'anonymous'
}

/** A signed-in person, with the groups they belong to at this moment. */
export interface Person {
  readonly kind: 'person'
  readonly userId: string
  readonly name: string
  readonly email: string
  /** Runs the server. Grants nothing in groups they have not joined. */
  readonly admin: boolean
  /** How far this sign-in or API token of theirs goes. */
  readonly scope: Scope
  /** By group id what they may act as: their role, or `observer` while they are muted. */
  readonly memberships: Readonly<Record<string, Role>>
}

/** Whoever runs the command line on the server's own data folder: brings in texts and sets up people and groups. */
export interface Operator {
  readonly kind: 'operator'
}

/** Whoever stands at a door: page, API, socket or command line. */
export type Actor = Anonymous | Person | Operator

/** The actor without a sign-in. */
export const anonymous: Anonymous = { kind: 'anonymous' }

/** The actor of the command line. */
export const operator: Operator = { kind: 'operator' }

/** Whether the actor has one of `wanted` in one of `groupIds`. */
export function hasRole(actor: Actor, groupIds: readonly string[], wanted: readonly Role[]): boolean {
  if (actor.kind !== 'person') return false
  return groupIds.some((groupId) => {
    const role = actor.memberships[groupId]
    return role !== undefined && wanted.includes(role)
  })
}
