/** Everything that the database knows of one person, in pages, for the person. */
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Tx } from './database.ts'
import { documentFactsSelect, toDocumentSubject } from './subjects.ts'

const pageSize = 100

/** A thread of theirs; a passage carries the facts of its document, whose words may not be theirs to read any more. */
export interface OwnThread {
  readonly id: string
  readonly record: Readonly<Record<string, unknown>>
  readonly passages: readonly {
    readonly documentId: string
    readonly facts: DocumentFacts | null
    readonly words: { readonly exact: string; readonly prefix: string; readonly suffix: string }
  }[]
}

/** The account itself, with what hangs on it that is few. No hash of anything is in it. */
export async function readOwnRecords(tx: Tx, userId: string): Promise<Record<string, unknown> | null> {
  const found = await tx.user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      email: true,
      emailVerifiedAt: true,
      name: true,
      admin: true,
      createdAt: true,
      memberships: {
        select: { role: true, joinedAt: true, mutedAt: true, group: { select: { id: true, name: true } } },
      },
      identities: { select: { issuer: true, subject: true, createdAt: true } },
      sessions: { select: { userAgent: true, createdAt: true, lastSeenAt: true, revokedAt: true } },
      tokens: {
        select: {
          name: true,
          scope: true,
          createdAt: true,
          lastUsedAt: true,
          expiresAt: true,
          revokedAt: true,
        },
      },
      visits: {
        select: { document: { select: { id: true } }, startedAt: true, previousAt: true, updatedAt: true },
      },
    },
  })
  return found
}

/** Their threads after the one with id `after`, a page at a time. */
export async function listOwnThreads(tx: Tx, userId: string, after: string): Promise<OwnThread[]> {
  const rows = await tx.thread.findMany({
    where: { authorId: userId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: pageSize,
    select: {
      id: true,
      documentId: true,
      kind: true,
      state: true,
      status: true,
      tags: true,
      createdAt: true,
      postedAt: true,
      layer: { select: { id: true, kind: true, name: true } },
      notes: { select: { id: true, text: true, json: true } },
      passages: {
        where: { replacedAt: null },
        select: {
          documentId: true,
          exact: true,
          prefix: true,
          suffix: true,
          document: { select: documentFactsSelect },
        },
      },
    },
  })
  return rows.map(({ passages, notes, ...record }) => ({
    id: record.id,
    // The other notes of a dispute's thread are those of its positions, which others hold as well.
    record: { ...record, notes: notes.filter(({ id }) => id === record.id).map(({ id, ...words }) => words) },
    passages: passages.map(({ documentId, document, ...words }) => ({
      documentId,
      facts: toDocumentSubject(document),
      words,
    })),
  }))
}

/** Their replies after the one with id `after`, a page at a time. */
export async function listOwnReplies(tx: Tx, userId: string, after: string) {
  return tx.reply.findMany({
    where: { authorId: userId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: pageSize,
    select: {
      id: true,
      threadId: true,
      groupId: true,
      body: true,
      text: true,
      createdAt: true,
      editedAt: true,
      deletedAt: true,
      revisions: { select: { number: true, text: true, writtenAt: true } },
    },
  })
}

/** Their part in disputes after the dispute with id `after`, a page at a time: what they hold, said and brought. */
export async function listOwnDisputes(tx: Tx, userId: string, after: string) {
  const own = { where: { authorId: userId } }
  return tx.dispute.findMany({
    where: {
      id: { gt: after },
      OR: [
        { raisedById: userId },
        { stances: { some: { userId } } },
        { positions: { some: { authorId: userId } } },
        { evidence: { some: { authorId: userId } } },
        { history: { some: { actorId: userId } } },
      ],
    },
    orderBy: { id: 'asc' },
    take: pageSize,
    select: {
      id: true,
      threadId: true,
      positions: { ...own, select: { id: true, number: true, statement: true, createdAt: true } },
      evidence: {
        ...own,
        select: {
          id: true,
          positionId: true,
          side: true,
          note: true,
          citation: true,
          citedId: true,
          createdAt: true,
          removedAt: true,
        },
      },
      stances: { where: { userId }, select: { positions: true, reason: true, takenAt: true } },
      history: {
        where: { actorId: userId },
        orderBy: { number: 'asc' },
        select: { number: true, data: true, at: true },
      },
    },
  })
}

/** What they did, as it is recorded, after the event with id `after`, a page at a time. */
export async function listOwnEvents(tx: Tx, userId: string, after: string) {
  return tx.event.findMany({
    where: { actorId: userId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: pageSize,
    select: {
      id: true,
      kind: true,
      at: true,
      address: true,
      documentId: true,
      threadId: true,
      replyId: true,
    },
  })
}
