/** What happened in a margin, as servers tell it to each other. */
import { z } from 'zod'
import type { FeedEventKind } from '#domain/wire/feed.ts'
import { editionRef } from '#domain/wire/shared.ts'
import type { RoomEvent } from '../services/contracts/feed.ts'

/** Each by its own name, so that none can be forgotten. */
const kinds = {
  'thread.posted': 'thread.posted',
  'thread.changed': 'thread.changed',
  'thread.deleted': 'thread.deleted',
  appear: 'appear',
  vanish: 'vanish',
  'reply.posted': 'reply.posted',
  'reply.changed': 'reply.changed',
  'reply.deleted': 'reply.deleted',
  'edition.published': 'edition.published',
  reset: 'reset',
} as const satisfies { [Kind in FeedEventKind]: Kind }

const roomEvent = z.object({
  room: z.object({ documentId: z.string(), layerId: z.string(), groupId: z.string() }),
  seq: z.number(),
  epoch: z.string(),
  kind: z.enum(kinds),
  threadId: z.string().nullable(),
  replyId: z.string().nullable(),
  actorId: z.string().nullable(),
  // Null in what a server of the release before tells.
  recipientId: z.string().nullable().default(null),
  edition: editionRef.optional(),
}) satisfies z.ZodType<RoomEvent, unknown>

/** Writes an event down. */
export const writeRoomEvent = (event: RoomEvent): Uint8Array => Buffer.from(JSON.stringify(event))

/** The inverse of `writeRoomEvent`. Throws for what it did not write. */
export function readRoomEvent(bytes: Uint8Array): RoomEvent {
  return roomEvent.parse(JSON.parse(Buffer.from(bytes).toString()))
}
