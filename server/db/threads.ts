import { z } from 'zod'
import type { LayerFacts, LayerKind, ThreadState } from '#domain/policy/subjects.ts'
import { layerKind } from '#domain/wire/group.ts'
import type { PersonRef, RichText } from '#domain/wire/shared.ts'
import { richText } from '#domain/wire/shared.ts'
import {
  type AnchorState,
  anchorState,
  type DisputeRef,
  disputeStatus,
  type StatusChange,
  type ThreadKind,
  type ThreadStatus,
  threadKind,
  threadState,
  threadStatus,
} from '#domain/wire/thread.ts'
import { type Blindness, findBlindness } from './blind-layers.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { type ReplyRecord, replySelect, toReplyRecord } from './replies.ts'
import {
  type DocumentSubject,
  documentFactsSelect,
  layerFactsSelect,
  toDocumentSubject,
  toLayerSubject,
} from './subjects.ts'

/** A thread with everything that showing it to anybody can need. Nothing of it is fit to be shown before the policy was asked. */
export interface ThreadRecord {
  readonly id: string
  readonly documentId: string
  readonly layerId: string
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly status: ThreadStatus
  readonly hidden: boolean
  /** Why it was hidden; null while it is not. */
  readonly hiddenReason: string | null
  readonly locked: boolean
  readonly pinned: boolean
  readonly author: PersonRef
  readonly coWritten: boolean
  readonly tags: readonly string[]
  readonly bodyHash: string | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly postedAt: Date | null
  readonly layer: LayerFacts
  /** As `ThreadFacts` has them. */
  readonly byInstructor: boolean
  readonly seenBy: readonly string[]
  /** Where it was moved or copied from; null for a thread that stays where it was opened. */
  readonly provenance: ProvenanceRecord | null
  readonly passages: readonly PassageRecord[]
  readonly note: { readonly text: string; readonly json: RichText } | null
  /** Of every group, unless some were asked for; the deleted ones too. */
  readonly replies: readonly (ReplyRecord & { readonly byInstructor: boolean })[]
  readonly statusHistory: readonly StatusChange[]
  readonly dispute: DisputeRef | null
}

/** Where a thread was before. */
export interface ProvenanceRecord {
  readonly how: 'moved' | 'copied'
  readonly author: PersonRef
  readonly layer: { readonly id: string; readonly kind: LayerKind; readonly name: string }
  /** When it was posted there, or opened if it never was. */
  readonly at: string
}

/** A passage with its anchors in the editions that may be shown, and the facts of its document. */
export interface PassageRecord {
  readonly id: string
  readonly documentId: string
  readonly editionId: string
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
  /** Null while the document is still being brought in. */
  readonly document: DocumentSubject | null
  readonly anchors: readonly AnchorRecord[]
}

export interface AnchorRecord {
  readonly editionId: string
  readonly state: AnchorState
  readonly start: number
  readonly end: number
  readonly confidence: number
}

interface LoadOptions {
  /** Anchors in this edition are loaded besides those in the current ones. */
  readonly editionId?: string
  /** Only replies said in these groups, or in none. */
  readonly replyGroupIds?: readonly string[]
}

/** Loads threads in the order of `ids`, one query for each table. What does not exist is left out. */
export async function loadThreads(
  tx: Tx,
  ids: readonly string[],
  { editionId, replyGroupIds }: LoadOptions = {},
): Promise<ThreadRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.thread.findMany({
    where: { id: { in: [...ids] } },
    include: threadInclude(editionId, replyGroupIds),
  })
  const people = await findNamedPeople(tx, rows)
  const loaded = rows.map((row) => ({ ...row, layer: toLayerSubject(row.layer) }))
  const blindness = await findBlindness(tx, loaded)
  const records = new Map(loaded.map((row) => [row.id, toThreadRecord(row, people, blindness)]))
  return ids.flatMap((id) => records.get(id) ?? [])
}

/** One thread, or null. */
export async function findThread(
  tx: Tx,
  id: string,
  options: LoadOptions = {},
): Promise<ThreadRecord | null> {
  const [record] = await loadThreads(tx, [id], options)
  return record ?? null
}

/** Holds the rows of these threads until the transaction ends, in one order for everyone. Rooms are locked after threads. */
export async function lockThreads(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Thread" WHERE id = ANY(${[...ids]}) ORDER BY id FOR NO KEY UPDATE`
}

/** Columns of a new thread. */
export interface ThreadRow {
  readonly id: string
  readonly documentId: string
  readonly layerId: string
  readonly authorId: string
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly coWritten: boolean
  readonly tags: readonly string[]
  /** Where it was copied from; left out of what is opened anew. */
  readonly provenance?: StoredProvenance
  /** Null for what no request made that could be sent again. */
  readonly bodyHash: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly postedAt: Date | null
}

/** Stores a new thread. Fails on an id that is taken: see `isTaken`. */
export async function insertThread(tx: Tx, row: ThreadRow): Promise<void> {
  await tx.thread.create({ data: { ...row, tags: [...row.tags] } })
}

/** What of a thread's own row may change. */
export interface ThreadRowChange {
  readonly kind?: ThreadKind
  readonly tags?: readonly string[]
  readonly coWritten?: boolean
  readonly pinned?: boolean
  readonly hidden?: boolean
  readonly hiddenReason?: string | null
  readonly locked?: boolean
  readonly layerId?: string
  readonly provenance?: StoredProvenance
  readonly state?: ThreadState
  readonly status?: ThreadStatus
  readonly postedAt?: Date
  readonly deletedAt?: Date | null
}

/** Changes a thread's row and counts its version up. */
export async function updateThread(tx: Tx, id: string, change: ThreadRowChange, now: Date): Promise<void> {
  const { tags, ...rest } = change
  await tx.thread.update({
    where: { id },
    data: { ...rest, ...(tags && { tags: [...tags] }), updatedAt: now, version: { increment: 1 } },
  })
}

/** Remembers who resolved or reopened a thread, and why. */
export async function insertStatusChange(
  tx: Tx,
  change: { id: string; threadId: string; status: ThreadStatus; reason: string; userId: string; at: Date },
): Promise<void> {
  await tx.statusChange.create({ data: change })
}

const personSelect = { select: { id: true, name: true } } as const

/** What is loaded of a passage: its anchors in the current editions, and in one besides. */
export function passageInclude(editionId?: string) {
  const isCurrent = { edition: { currentOf: { isNot: null } } }
  return {
    document: { select: documentFactsSelect },
    anchors: { where: editionId === undefined ? isCurrent : { OR: [isCurrent, { editionId }] } },
  } satisfies Prisma.PassageInclude
}

/** A loaded row as a record. */
export function toPassageRecord({
  document,
  anchors,
  ...passage
}: Prisma.PassageGetPayload<{ include: ReturnType<typeof passageInclude> }>): PassageRecord {
  return {
    ...passage,
    document: toDocumentSubject(document),
    anchors: anchors.map((anchor) => ({ ...anchor, state: anchorState.parse(anchor.state) })),
  }
}

function threadInclude(editionId: string | undefined, replyGroupIds: readonly string[] | undefined) {
  return {
    author: personSelect,
    layer: { select: layerFactsSelect },
    passages: {
      where: { replacedAt: null, evidenceId: null },
      orderBy: { position: 'asc' },
      include: passageInclude(editionId),
    },
    notes: { select: { id: true, text: true, json: true } },
    replies: {
      ...(replyGroupIds && { where: { OR: [{ groupId: null }, { groupId: { in: [...replyGroupIds] } }] } }),
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: replySelect,
    },
    decisions: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    dispute: { select: { id: true, question: true, status: true, version: true } },
  } satisfies Prisma.ThreadInclude
}

type LoadedThread = Prisma.ThreadGetPayload<{ include: ReturnType<typeof threadInclude> }>

/** People who are named in threads besides their authors, by id. */
async function findNamedPeople(tx: Tx, rows: readonly LoadedThread[]): Promise<Map<string, PersonRef>> {
  const ids = new Set(
    rows.flatMap((row) => [
      ...row.decisions.map(({ userId }) => userId),
      ...(row.provenance === null ? [] : [storedProvenance.parse(row.provenance).authorId]),
    ]),
  )
  if (ids.size === 0) return new Map()
  const people = await tx.user.findMany({ where: { id: { in: [...ids] } }, select: personSelect.select })
  return new Map(people.map((person) => [person.id, person]))
}

const storedProvenance = z.object({
  how: z.enum(['moved', 'copied']),
  authorId: z.string(),
  layer: z.object({ id: z.string(), kind: layerKind, name: z.string() }),
  at: z.string(),
})

/** What is kept of where a thread was before. */
export type StoredProvenance = z.infer<typeof storedProvenance>

function toProvenance(stored: unknown, people: ReadonlyMap<string, PersonRef>): ProvenanceRecord | null {
  if (stored === null) return null
  const { authorId, ...rest } = storedProvenance.parse(stored)
  return { ...rest, author: people.get(authorId) ?? { id: authorId, name: '' } }
}

function toThreadRecord(
  row: Omit<LoadedThread, 'layer'> & { readonly layer: LayerFacts },
  people: ReadonlyMap<string, PersonRef>,
  blindness: Blindness,
): ThreadRecord {
  const note = row.notes.find(({ id }) => id === row.id)
  return {
    id: row.id,
    documentId: row.documentId,
    layerId: row.layerId,
    kind: threadKind.parse(row.kind),
    state: threadState.parse(row.state),
    status: threadStatus.parse(row.status),
    hidden: row.hidden,
    hiddenReason: row.hiddenReason,
    locked: row.locked,
    pinned: row.pinned,
    author: row.author,
    coWritten: row.coWritten,
    tags: row.tags,
    bodyHash: row.bodyHash,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    postedAt: row.postedAt,
    layer: row.layer,
    byInstructor: blindness.isInstructor(row, row.authorId),
    seenBy: blindness.seenBy(row),
    provenance: toProvenance(row.provenance, people),
    passages: row.passages.map(toPassageRecord),
    note: note ? { text: note.text, json: richText.parse(note.json) } : null,
    replies: row.replies.map((reply) => ({
      ...toReplyRecord(reply),
      byInstructor: blindness.isInstructor(row, reply.author.id),
    })),
    dispute: row.dispute && { ...row.dispute, status: disputeStatus.parse(row.dispute.status) },
    statusHistory: row.decisions.map(({ status, reason, userId, at }) => ({
      status: threadStatus.parse(status),
      reason,
      by: people.get(userId) ?? { id: userId, name: '' },
      at: at.toISOString(),
    })),
  }
}
