/** Threads taken to another layer, or copied there, with where they come from. */
import { AppError } from '#domain/app-error.ts'
import { encodeNote, foundingClientId } from '#domain/note/encode-note.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { isLaidOver } from '#domain/policy/is-laid-over.ts'
import { type ThreadsToMove, type ThreadWithReplies, threadsToMove } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { findLayer, type StoredLayer } from '../db/layers.ts'
import { insertNote, noteJsonOf } from '../db/notes.ts'
import { copyPassages } from '../db/passages.ts'
import { findDocumentSubject } from '../db/subjects.ts'
import {
  insertThread,
  loadThreads,
  lockThreads,
  type StoredProvenance,
  type ThreadRecord,
  updateThread,
} from '../db/threads.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { isVisible, presentThread, toThreadFacts } from './present-thread.ts'
import { type HeardHappening, writeRecorded } from './record-event.ts'
import { happeningTo } from './record-thread.ts'
import { requireNotDeleted, requirePerson } from './thread-access.ts'
import { uncoverByPosting } from './uncover-notes.ts'

/** Moves threads to another layer, or copies their opening notes there: all or none. Answers them as they stand there. */
export async function moveThreads(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  body: ThreadsToMove,
): Promise<ThreadWithReplies[]> {
  requirePerson(actor)
  const { threadIds, layerId, copy } = checkInput(threadsToMove, body)
  const ids = [...new Set(threadIds)]
  const now = context.now()
  const movedIds = await writeRecorded(context, feed, async (tx, { recordAll, rightsChanged }) => {
    const threads = await holdSeenThreads(tx, actor, ids, now)
    const target = await getTarget(tx, actor, layerId, now)
    for (const thread of threads) await requireMove(tx, actor, thread, target, { copy, now })
    const coming = copy ? threads : threads.filter((thread) => thread.layerId !== layerId)
    const arrivals: Arrival[] = []
    for (const thread of coming) {
      arrivals.push(
        copy
          ? await copyThread(tx, context, actor, thread, target)
          : await moveThread(tx, actor, thread, target, now),
      )
    }
    const uncovered = await uncoverByPosting(
      tx,
      actor,
      arrivals.flatMap(({ thread }) => (thread.state === 'posted' ? [thread] : [])),
      new Date(now),
    )
    await recordAll([...arrivals.flatMap(({ happenings }) => happenings), ...uncovered])
    for (const { thread } of arrivals) rightsChanged(thread.id)
    return copy ? arrivals.map(({ thread }) => thread.id) : ids
  })
  const moved = await loadThreads(context.database.db, movedIds)
  return moved.flatMap((thread) => presentThread(thread, { actor, now }) ?? [])
}

/** A thread as it stands in its new layer, and what its rooms hear. */
interface Arrival {
  readonly thread: ThreadRecord
  readonly happenings: readonly HeardHappening[]
}

async function holdSeenThreads(
  tx: Tx,
  actor: Person,
  ids: readonly string[],
  now: number,
): Promise<ThreadRecord[]> {
  await lockThreads(tx, ids)
  const threads = await loadThreads(tx, ids)
  if (threads.length < ids.length || !threads.every((thread) => isVisible(thread, { actor, now }))) {
    throw refuseUnread(actor)
  }
  for (const thread of threads) requireNotDeleted(thread)
  return threads
}

async function getTarget(tx: Tx, actor: Person, layerId: string, now: number): Promise<StoredLayer> {
  const target = await findLayer(tx, layerId)
  if (!target || !can(actor, 'layer.read', target.facts, now)) throw refuseUnread(actor)
  return target
}

async function requireMove(
  tx: Tx,
  actor: Person,
  thread: ThreadRecord,
  { facts: to }: StoredLayer,
  { copy, now }: { readonly copy: boolean; readonly now: number },
): Promise<void> {
  if (!can(actor, 'layer.write', to, now)) throw refuseAction(actor, 'You may not write in that layer.')
  const action = copy ? 'thread.copy' : 'thread.move'
  if (!can(actor, action, { ...toThreadFacts(thread), to }, now)) {
    throw refuseAction(actor, 'Only its author, or who moderates its layer, moves a thread.')
  }
  const document = await findDocumentSubject(tx, thread.documentId)
  if (!document || !isLaidOver(to, document)) {
    throw new AppError('unprocessable', 'That layer does not lie over the document of this thread.')
  }
}

async function moveThread(
  tx: Tx,
  actor: Person,
  thread: ThreadRecord,
  target: StoredLayer,
  now: number,
): Promise<Arrival> {
  const kind = kindIn(thread, target)
  const provenance = toProvenance('moved', thread, await findLayer(tx, thread.layerId))
  await updateThread(tx, thread.id, { layerId: target.layer.id, kind, provenance }, new Date(now))
  const moved = { ...thread, kind, layerId: target.layer.id, layer: target.facts }
  if (thread.state === 'draft') return { thread: moved, happenings: [] }
  const data = { from: thread.layerId, to: target.layer.id }
  return {
    thread: moved,
    happenings: [
      happeningTo(thread, 'vanish', actor, { data }),
      happeningTo(moved, 'appear', actor, { data }),
    ],
  }
}

/** The opening note alone, as the actor's own; what others answered and wrote into its history stays where it was. */
async function copyThread(
  tx: Tx,
  { newId, now }: ServiceContext,
  actor: Person,
  thread: ThreadRecord,
  target: StoredLayer,
): Promise<Arrival> {
  const id = newId()
  const at = new Date(now())
  // Positions and evidence stay with the dispute itself.
  const kind = thread.kind === 'dispute' ? 'note' : kindIn(thread, target)
  const state = thread.state === 'draft' ? 'draft' : 'posted'
  await insertThread(tx, {
    id,
    documentId: thread.documentId,
    layerId: target.layer.id,
    authorId: actor.userId,
    kind,
    state,
    coWritten: target.facts.coWriting,
    tags: thread.tags,
    provenance: toProvenance('copied', thread, await findLayer(tx, thread.layerId)),
    bodyHash: null,
    createdAt: at,
    updatedAt: at,
    postedAt: state === 'draft' ? null : at,
  })
  await copyPassages(tx, thread.id, id, { newId, at })
  const json = noteJsonOf(thread.note)
  const text = thread.note?.text ?? ''
  const founding =
    text === ''
      ? null
      : { update: new Uint8Array(encodeNote(json)), userId: actor.userId, clientId: foundingClientId }
  await insertNote(tx, { id, threadId: id, text, json, founding, createdAt: at })
  const copied = {
    ...thread,
    id,
    kind,
    state,
    author: { id: actor.userId, name: actor.name },
    layerId: target.layer.id,
    layer: target.facts,
  } as const
  if (state === 'draft') return { thread: copied, happenings: [] }
  const data = { copyOf: thread.id, from: thread.layerId }
  return { thread: copied, happenings: [happeningTo(copied, 'thread.posted', actor, { data })] }
}

/** A commentary is one only in a commentary layer, or in one that instructors added. */
function kindIn({ kind }: ThreadRecord, { facts }: StoredLayer): ThreadRecord['kind'] {
  if (kind !== 'commentary') return kind
  return facts.kind === 'commentary' || facts.kind === 'custom' ? kind : 'note'
}

function toProvenance(
  how: StoredProvenance['how'],
  thread: ThreadRecord,
  source: StoredLayer | null,
): StoredProvenance {
  const isForAll = source !== null && source.facts.kind !== 'private' && source.facts.read !== 'instructors'
  return {
    how,
    authorId: thread.author.id,
    layer: { id: thread.layerId, kind: thread.layer.kind, name: isForAll ? source.layer.name : '' },
    at: (thread.postedAt ?? thread.createdAt).toISOString(),
  }
}
