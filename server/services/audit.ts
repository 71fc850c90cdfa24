/** The audit, for those who answer for the server or a group. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { AuditEntry, AuditFileQuery } from '#domain/wire/audit.ts'
import {
  type AuditFilter,
  type AuditNames,
  type AuditOf,
  type AuditPlace,
  type AuditRow,
  listAudit,
  nameAudit,
} from '../db/audit.ts'
import { unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AuditService } from './contracts/audit.ts'
import { toCsvLine } from './csv.ts'
import { getReadableGroup } from './readable-group.ts'
import { actorIdOf, recordAct } from './record-act.ts'

const filePage = 500
const columns = [
  'at',
  'kind',
  'actor',
  'actorId',
  'subject',
  'subjectId',
  'group',
  'document',
  'layer',
  'threadId',
  'replyId',
  'address',
  'data',
] as const

/** The audit over the database of `context`. */
export function createAuditService(context: ServiceContext): AuditService {
  const { database, now } = context
  const { db } = database

  /** Which audit is asked for, once it is sure that the actor may read it. */
  async function open(actor: Actor, groupRef: string | undefined): Promise<AuditOf> {
    if (groupRef === undefined) {
      if (can(actor, 'audit.read', null, now())) return { kind: 'server' }
      throw refuseAction(actor, 'Only administrators read the audit of the server.')
    }
    const group = await getReadableGroup(db, actor, groupRef, now())
    if (can(actor, 'group.read-audit', group, now())) return { kind: 'group', groupId: group.id }
    throw refuseAction(actor, 'Only owners read the audit of their group.')
  }

  async function read(actor: Actor, rows: readonly AuditRow[]): Promise<AuditEntry[]> {
    const names = await nameAudit(db, rows)
    return rows.map((row) => toEntry(actor, row, names, now()))
  }

  return {
    async list(actor, { group, limit, cursor, ...query }) {
      const of = await open(actor, group)
      const place = cursor === undefined ? null : readCursor(cursor)
      const rows = await listAudit(db, of, toFilter(query), { place, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const hasMore = rows.length > limit && last
      return { items: await read(actor, page), next: hasMore ? toCursor(last) : null }
    },

    async file(actor, { group, ...query }) {
      if (actor.kind === 'anonymous') throw refuseUnread(actor)
      const of = await open(actor, group)
      const groupId = of.kind === 'group' ? of.groupId : null
      await recordAct(context, db, { kind: 'audit.exported', actorId: actorIdOf(actor), groupId })
      return lines()

      async function* lines(): AsyncGenerator<string> {
        yield toCsvLine(columns)
        for (let place: AuditPlace | null = null; ; ) {
          const rows: AuditRow[] = await listAudit(db, of, toFilter(query), { place, limit: filePage })
          yield (await read(actor, rows)).map(toLine).join('')
          if (rows.length < filePage) return
          place = rows.at(-1) ?? null
        }
      }
    },
  }
}

function toFilter({ person, kind, since, until }: Omit<AuditFileQuery, 'group'>): AuditFilter {
  return {
    personId: person ?? null,
    kind: kind ?? null,
    since: since === undefined ? null : new Date(since),
    until: until === undefined ? null : new Date(until),
  }
}

function toEntry(actor: Actor, row: AuditRow, names: AuditNames, now: number): AuditEntry {
  const named = (id: string | null, from: ReadonlyMap<string, string>) =>
    id === null ? null : { id, name: from.get(id) ?? '' }
  const document = row.documentId === null ? undefined : names.documents.get(row.documentId)
  const mayKnow = document?.facts && can(actor, 'document.read', document.facts, now)
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    actor: named(row.actorId, names.people),
    subject: named(row.subjectId, names.people),
    group: named(row.groupId, names.groups),
    document: row.documentId === null ? null : { id: row.documentId, title: mayKnow ? document.title : '' },
    layer: named(row.layerId, names.layers),
    threadId: row.threadId,
    replyId: row.replyId,
    address: row.address,
    data: typeof row.data === 'object' && row.data !== null && !Array.isArray(row.data) ? row.data : {},
  }
}

function toLine(entry: AuditEntry): string {
  const { at, kind, actor, subject, group, document, layer, threadId, replyId, address, data } = entry
  return toCsvLine([
    at,
    kind,
    actor?.name,
    actor?.id,
    subject?.name,
    subject?.id,
    group?.name,
    document?.title,
    layer?.name,
    threadId,
    replyId,
    address,
    Object.keys(data).length === 0 ? '' : JSON.stringify(data),
  ])
}

const toCursor = ({ at, id }: AuditPlace) => Buffer.from(`${at.getTime()} ${id}`).toString('base64url')

function readCursor(cursor: string): AuditPlace {
  const [, at, id] = /^(\d{1,15}) (.+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || id === undefined) {
    throw unprocessable([{ path: 'cursor', message: 'is not a cursor of this list' }])
  }
  return { at: new Date(Number(at)), id }
}
