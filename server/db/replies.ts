import type { NoteJson } from '#domain/note/note-json.ts'
import { type PersonRef, type RichText, richText } from '#domain/wire/shared.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { toJsonColumn } from './json-column.ts'

/** What is selected of a reply. */
export const replySelect = {
  id: true,
  threadId: true,
  evidenceId: true,
  groupId: true,
  author: { select: { id: true, name: true } },
  body: true,
  text: true,
  bodyHash: true,
  version: true,
  createdAt: true,
  editedAt: true,
  deletedAt: true,
  hidden: true,
  hiddenReason: true,
} satisfies Prisma.ReplySelect

/** A reply as it is stored: with its words, even when it is deleted. */
export interface ReplyRecord {
  readonly id: string
  readonly threadId: string
  /** The evidence it answers; null: the thread itself. */
  readonly evidenceId: string | null
  /** Null in a private layer. */
  readonly groupId: string | null
  readonly author: PersonRef
  readonly body: RichText
  readonly text: string
  readonly bodyHash: string | null
  readonly version: number
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
  readonly hidden: boolean
  /** Why it was hidden; null while it is not. */
  readonly hiddenReason: string | null
}

/** What a reply says. */
export interface ReplyWords {
  readonly body: NoteJson
  readonly text: string
}

/** A wording that a reply had before it was edited. */
export interface ReplyRevisionRecord {
  readonly body: RichText
  readonly text: string
  readonly writtenAt: Date
}

/** A selected row as a record. */
export function toReplyRecord(row: Prisma.ReplyGetPayload<{ select: typeof replySelect }>): ReplyRecord {
  return { ...row, body: richText.parse(row.body) }
}

/** One reply, or null. */
export async function findReply(tx: Tx, id: string): Promise<ReplyRecord | null> {
  const row = await tx.reply.findUnique({ where: { id }, select: replySelect })
  return row && toReplyRecord(row)
}

/** Stores a new reply. Fails on an id that is taken: see `isTaken`. */
export async function insertReply(
  tx: Tx,
  reply: ReplyWords & {
    id: string
    threadId: string
    evidenceId: string | null
    groupId: string | null
    authorId: string
    bodyHash: string
    createdAt: Date
  },
): Promise<void> {
  await tx.reply.create({ data: { ...reply, body: toJsonColumn(reply.body) } })
}

/** Gives a reply new words and keeps the ones it had. */
export async function rewordReply(
  tx: Tx,
  reply: ReplyRecord,
  words: ReplyWords,
  editedAt: Date,
): Promise<void> {
  await tx.replyRevision.create({
    data: {
      replyId: reply.id,
      number: 1 + (await tx.replyRevision.count({ where: { replyId: reply.id } })),
      body: toJsonColumn(reply.body),
      text: reply.text,
      writtenAt: reply.editedAt ?? reply.createdAt,
    },
  })
  await tx.reply.update({
    where: { id: reply.id },
    data: { body: toJsonColumn(words.body), text: words.text, editedAt, version: { increment: 1 } },
  })
}

/** Deletes a reply (its words stay in the table, so that it can come back), or with null brings it back. */
export async function setReplyDeleted(tx: Tx, id: string, deletedAt: Date | null): Promise<void> {
  await tx.reply.update({ where: { id }, data: { deletedAt, version: { increment: 1 } } })
}

/** Hides a reply for a reason, or with null shows it again. */
export async function setReplyHidden(tx: Tx, id: string, reason: string | null): Promise<void> {
  await tx.reply.update({
    where: { id },
    data: { hidden: reason !== null, hiddenReason: reason, version: { increment: 1 } },
  })
}

/** The wordings a reply had before the present one, oldest first. */
export async function listReplyRevisions(tx: Tx, replyId: string): Promise<ReplyRevisionRecord[]> {
  const rows = await tx.replyRevision.findMany({ where: { replyId }, orderBy: { number: 'asc' } })
  return rows.map(({ body, text, writtenAt }) => ({ body: richText.parse(body), text, writtenAt }))
}
