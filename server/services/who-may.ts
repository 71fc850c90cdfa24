/** What many services ask of the actor before anything else. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'

/** The person who asks. Throws `unauthenticated` for anybody else. */
export function asPerson(actor: Actor): Person {
  if (actor.kind !== 'person') throw new AppError('unauthenticated', 'Please sign in.')
  return actor
}

/** The person who asks, about to change their own account. Throws `forbidden` when their token does not go so far. */
export function asOwnAccount(actor: Actor, now: number): Person {
  const person = asPerson(actor)
  if (can(person, 'account.change', person, now)) return person
  throw refuseAction(actor, 'This token does not reach the account of its person.')
}

/** Throws unless the actor administers the server; `what` completes "Only administrators". */
export function requireAdministrator(actor: Actor, what: string, now: number): void {
  if (!can(actor, 'server.administer', null, now)) throw refuseAction(actor, `Only administrators ${what}.`)
}
