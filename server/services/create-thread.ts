import { AppError } from '#domain/app-error.ts'
import { encodeNote, foundingClientId } from '#domain/note/encode-note.ts'
import { emptyNote, type NoteJson } from '#domain/note/note-json.ts'
import { noteToText, parseWrittenText } from '#domain/note/written-text.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { isLaidOver } from '#domain/policy/is-laid-over.ts'
import type { LayerKind } from '#domain/policy/subjects.ts'
import { whyNotWrite } from '#domain/policy/why-not-write.ts'
import type { NewThread, ThreadKind, ThreadWithReplies } from '#domain/wire/thread.ts'
import { isTaken } from '../db/is-taken.ts'
import { insertNote } from '../db/notes.ts'
import { insertPassages, type PlacedPassage } from '../db/passages.ts'
import { findLayerSubject, type LayerSubject } from '../db/subjects.ts'
import { findThread, insertThread } from '../db/threads.ts'
import { bodyHash } from './body-hash.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { keepPlaces, placeAndWrite } from './place-and-write.ts'
import { placePassage, readableDocument } from './place-passages.ts'
import { roomsOf, writeRecorded } from './record-event.ts'
import { getThread, requirePerson } from './thread-access.ts'
import { uncoverByPosting } from './uncover-notes.ts'

/** Bytes of the update that a note may begin with. */
const maxNoteBytes = 1_048_576

/**
 * Opens a thread: its passages with their anchors, its note with the first update of its log, its event, in one
 * transaction. Sent again with the same id and body it answers the thread made the first time.
 */
export async function createThread(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  wanted: NewThread,
): Promise<ThreadWithReplies> {
  requirePerson(actor)
  const hash = bodyHash(wanted)
  const before = await findOriginal(context, actor, wanted.id, hash)
  if (before) return before
  const layer = await layerToWriteIn(context, actor, wanted)
  const note = toFirstNote(wanted.note)
  const passages: PlacedPassage[] = []
  for (const passage of wanted.passages) {
    passages.push(await placePassage(context, actor, wanted.documentId, passage))
  }
  const id = wanted.id ?? context.newId()
  try {
    await placeAndWrite(context, passages, (placed) =>
      insertAll(context, feed, actor, { id, wanted, hash, layer, note, passages: placed }),
    )
  } catch (error) {
    if (!isTaken(error)) throw error
    const original = await findOriginal(context, actor, wanted.id, hash)
    if (!original) throw error
    return original
  }
  return getThread(context, actor, id)
}

/** The thread that the same request made before, or null. Throws `conflict` when the id is that of something else. */
async function findOriginal(
  context: ServiceContext,
  actor: Person,
  id: string | undefined,
  hash: string,
): Promise<ThreadWithReplies | null> {
  const thread = id === undefined ? null : await findThread(context.database.db, id)
  if (!thread) return null
  if (thread.author.id !== actor.userId || thread.bodyHash !== hash) {
    throw new AppError('conflict', 'This id is taken by something else.')
  }
  return getThread(context, actor, thread.id)
}

async function layerToWriteIn(
  context: ServiceContext,
  actor: Person,
  { documentId, layerId, kind }: NewThread,
): Promise<LayerSubject> {
  const document = await readableDocument(context, actor, documentId)
  const layer = await findLayerSubject(context.database.db, layerId)
  const now = context.now()
  if (!layer || !can(actor, 'layer.read', layer, now)) throw refuseUnread(actor)
  if (!can(actor, 'layer.write', layer, now)) {
    const place = { layer, locked: false }
    throw refuseAction(actor, whyNotWrite(actor, place, now, 'You may not write in this layer.'))
  }
  if (!isLaidOver(layer, document)) {
    throw new AppError('unprocessable', 'This layer does not lie over this document.')
  }
  requireKindOfLayer(kind, layer.kind)
  return layer
}

/** Throws `unprocessable` for a commentary outside of the layers that are meant for it. */
export function requireKindOfLayer(kind: ThreadKind, layerKind: LayerKind): void {
  if (kind !== 'commentary' || layerKind === 'commentary' || layerKind === 'custom') return
  throw new AppError('unprocessable', 'A commentary belongs in a commentary layer.')
}

interface FirstNote {
  readonly json: NoteJson
  readonly text: string
  /** Null when nothing is written yet: such a note's log begins empty. */
  readonly update: Uint8Array<ArrayBuffer> | null
}

function toFirstNote(written: NewThread['note']): FirstNote {
  const json = written === undefined ? emptyNote : parseWrittenText(written)
  const text = noteToText(json)
  if (text === '') return { json: emptyNote, text, update: null }
  const update = new Uint8Array(encodeNote(json))
  if (update.byteLength > maxNoteBytes) throw new AppError('too-large', 'The note is too large.')
  return { json, text, update }
}

async function insertAll(
  context: ServiceContext,
  feed: FeedBus,
  actor: Person,
  parts: {
    id: string
    wanted: NewThread
    hash: string
    layer: LayerSubject
    note: FirstNote
    passages: readonly PlacedPassage[]
  },
): Promise<void> {
  const { id, wanted, hash, layer, note, passages } = parts
  const { documentId, layerId, kind, tags, draft } = wanted
  const at = new Date(context.now())
  await writeRecorded(context, feed, async (tx, { recordAll }) => {
    await keepPlaces(tx, passages)
    await insertThread(tx, {
      id,
      documentId,
      layerId,
      authorId: actor.userId,
      kind,
      state: draft ? 'draft' : 'posted',
      coWritten: wanted.coWritten ?? layer.coWriting,
      tags: toTagSet(tags),
      bodyHash: hash,
      createdAt: at,
      updatedAt: at,
      postedAt: draft ? null : at,
    })
    await insertPassages(
      tx,
      id,
      passages.map((passage, position) => ({ ...passage, position })),
      at,
    )
    await insertNote(tx, {
      id,
      threadId: id,
      text: note.text,
      json: note.json,
      founding: note.update && { update: note.update, userId: actor.userId, clientId: foundingClientId },
      createdAt: at,
    })
    if (draft) return
    const posted = {
      happening: { kind: 'thread.posted', actorId: actor.userId, documentId, layerId, threadId: id },
      rooms: roomsOf({ layerId, documentId, layer, passages }),
    } as const
    await recordAll([posted, ...(await uncoverByPosting(tx, actor, [{ layerId, layer, documentId }], at))])
  })
}

/** Each tag once, in the order given. */
export const toTagSet = (tags: readonly string[]): string[] => [...new Set(tags)]
