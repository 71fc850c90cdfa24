/** The server's word for who somebody is, in awareness. */
import { personColor } from '#domain/person-color.ts'
import type { AwarenessState } from './awareness-relay.ts'
import type { Seat } from './seat.ts'

/** `state` with the person who sits there as `user`, whatever it said about that itself. */
export function stampPerson({ actor }: Seat, state: AwarenessState): AwarenessState {
  const user =
    actor.kind === 'person'
      ? { id: actor.userId, name: actor.name, color: personColor(actor.userId) }
      : { id: '', name: 'A reader', color: personColor('') }
  return { ...state, user }
}
