/** Who comes to which room, and whether they may: decided before a connection is upgraded or a channel opened. */
import type { IncomingMessage } from 'node:http'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { readCredentials } from '../auth/credentials.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { RoomState } from '../db/events.ts'
import type { Services } from '../services/services.ts'
import type { NoteDoors } from './note-doors.ts'
import { type RoomName, readRoomName } from './room-name.ts'
import type { SeatOptions } from './seat.ts'

/** Somebody who sent an upgrade request. */
export interface Visitor {
  readonly actor: Actor
  /** Looks up who it is now. */
  readonly identify: () => Promise<Actor>
}

/** Somebody who may enter a room. */
export interface Admission extends Visitor {
  readonly options: SeatOptions
  readonly place: Place
}

/** The room they come to, and what they may do there. */
export type Place =
  | {
      readonly kind: 'note'
      readonly noteId: string
      readonly threadId: string
      readonly whyNot: string | null
    }
  | (Extract<RoomName, { kind: 'margin' }> & {
      /** Where its feed stood before they came in. */
      readonly feed: RoomState
    })

/** Finds out who sends an upgrade request; throws the AppError that a wrong token or another site is refused with. */
export async function recognize(
  request: IncomingMessage,
  services: Services,
  publicUrl: string,
): Promise<Visitor> {
  const token = addressOf(request).searchParams.get('token')
  const headers = toHeaders(request)
  const identify = () =>
    token === null ? services.access.resolveActor(headers) : services.access.actorForToken(token)
  const actor = await identify()
  const credentials = readCredentials(headers)
  if ((token !== null || credentials.kind === 'bearer') && actor.kind === 'anonymous') {
    throw new AppError('unauthenticated', 'This token is not valid, or not any more.')
  }
  if (token === null && credentials.kind === 'cookie' && !isSameOrigin(headers, publicUrl)) {
    throw new AppError(
      'forbidden',
      'A connection must come from this server’s own pages, or with an API token.',
    )
  }
  return { actor, identify }
}

/** The address that an upgrade request asks for. */
export const addressOf = (request: IncomingMessage) => new URL(request.url ?? '/', 'http://sync')

/** Lets a visitor, as just looked up, into the room of an address, or throws the AppError that they are refused with. */
export async function admit(
  { actor, identify }: Visitor,
  address: URL,
  services: Services,
  doors: NoteDoors,
): Promise<Admission> {
  const name = readRoomName(address.pathname)
  if (!name) {
    throw actor.kind === 'anonymous'
      ? new AppError('unauthenticated', 'Please sign in.')
      : new AppError('not-found', 'There is no such room.')
  }
  const options = readOptions(address)
  if (name.kind === 'margin') {
    const feed = await services.notes.enterMargin(actor, name.ref)
    return { actor, identify, options, place: { ...name, feed } }
  }
  const enter = await doors.of(name.noteId)
  return { actor, identify, options, place: { ...name, ...(await enter(actor)) } }
}

function readOptions({ searchParams }: URL): SeatOptions {
  const schema = searchParams.get('schema')
  return {
    hearsFeed: searchParams.get('v') === '1',
    schema: schema !== null && /^\d{1,9}$/.test(schema) ? Number(schema) : null,
  }
}

/** What says who it is and where the page came from; the rest of the request is not kept. */
function toHeaders({ headers }: IncomingMessage): Headers {
  const kept = new Headers()
  for (const name of ['authorization', 'cookie', 'origin', 'host'] as const) {
    const value = headers[name]
    if (value) kept.set(name, value)
  }
  return kept
}
