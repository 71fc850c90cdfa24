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
      notes: { select: { text: true, json: true } },
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
  return rows.map(({ passages, ...record }) => ({
    id: record.id,
    record,
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
