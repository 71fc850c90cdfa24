/** Documents: bringing them in, listing, changing and withdrawing them, and reading what they say. */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { Tx } from '../db/database.ts'
import {
  type DocumentCursor,
  type DocumentRowChange,
  listDocuments,
  type StoredDocument,
  updateDocument,
} from '../db/documents.ts'
import { unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { DocumentService } from './contracts/documents.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { importCollection } from './import-collection.ts'
import { importDocument } from './import-document.ts'
import { createReading } from './read-document.ts'
import { getReadableDocument, toDocumentFilter } from './readable-documents.ts'
import type { Turns } from './turns.ts'

/** More words than these narrow a search no further. */
const mostSearchWords = 10

/** The service over the documents of one database. */
export function createDocumentService(
  context: ServiceContext,
  access: AccessService,
  turns: Turns,
): DocumentService {
  const { database, now } = context
  const change = async (actor: Actor, documentId: string, rowChange: DocumentRowChange, ifMatch: IfMatch) =>
    database.transaction(async (tx) => {
      const stored = await getChangeable(tx, actor, documentId, now())
      const makesPublic = rowChange.visibility !== undefined && rowChange.visibility !== 'group'
      const isNew = rowChange.visibility !== stored.document.visibility
      if (makesPublic && isNew && !can(actor, 'document.make-public', null, now())) {
        throw refuseAction(actor, 'Only an administrator makes a document readable beyond groups.')
      }
      const { id } = stored.document
      if (!(await updateDocument(tx, id, ifMatch, rowChange, new Date(now())))) {
        throw new AppError('stale', 'The document was changed in the meantime.')
      }
      return id
    })

  return {
    ...createReading(context),

    importDocument: (actor, source) => importDocument(context, turns, actor, source),
    importCollection: (actor, collection) => importCollection(context, turns, actor, collection),

    async list(actor, { limit, cursor, q = '' }) {
      const rows = await listDocuments(database.db, toDocumentFilter(actor, now()), {
        limit: limit + 1,
        after: cursor === undefined ? null : fromCursor(cursor),
        words: q.replaceAll('\0', ' ').split(/\s+/).filter(Boolean).slice(0, mostSearchWords),
      })
      const items = rows.slice(0, limit).map(({ document }) => document)
      const last = items.at(-1)
      return { items, next: rows.length > limit && last ? toCursor(last) : null }
    },

    async get(actor, documentIdOrSlug) {
      const stored = await getReadableDocument(database.db, actor, documentIdOrSlug, now())
      return stored.document
    },

    async change(actor, documentId, documentChange, ifMatch) {
      const id = await change(actor, documentId, documentChange, ifMatch)
      if (documentChange.visibility !== undefined) access.changed('everyone')
      const stored = await getReadableDocument(database.db, actor, id, now())
      return stored.document
    },

    async withdraw(actor, documentId, ifMatch) {
      await change(actor, documentId, { withdrawnAt: new Date(now()) }, ifMatch)
      access.changed('everyone')
    },
  }
}

async function getChangeable(tx: Tx, actor: Actor, documentId: string, now: number): Promise<StoredDocument> {
  const stored = await getReadableDocument(tx, actor, documentId, now)
  if (!can(actor, 'document.change', stored.facts, now)) {
    throw refuseAction(actor, 'Only its steward and administrators change a document.')
  }
  return stored
}

const cursorShape = z.tuple([z.string(), z.string()])

function toCursor({ title, id }: DocumentCursor): string {
  return Buffer.from(JSON.stringify([title, id])).toString('base64url')
}

function fromCursor(cursor: string): DocumentCursor {
  const parsed = cursorShape.safeParse(toJson(Buffer.from(cursor, 'base64url').toString()))
  if (!parsed.success) throw unprocessable([{ path: 'cursor', message: 'is not one that this server gave' }])
  const [title, id] = parsed.data
  return { title, id }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
