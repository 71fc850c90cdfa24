/** The audit: events as whoever answers for the server or a group reads them, the newest first. */
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { documentFactsSelect, toDocumentSubject } from './subjects.ts'

/** Which events: the server's, or those of one group and of what its members may write in. */
export type AuditOf = { readonly kind: 'server' } | { readonly kind: 'group'; readonly groupId: string }

/** What is looked for among them. */
export interface AuditFilter {
  /** Whoever did it, or had it done to them. */
  readonly personId: string | null
  /** A whole kind, or the part before its dot. */
  readonly kind: string | null
  readonly since: Date | null
  readonly until: Date | null
}

/** Where a page ended. */
export interface AuditPlace {
  readonly at: Date
  readonly id: string
}

const select = {
  id: true,
  at: true,
  kind: true,
  actorId: true,
  subjectId: true,
  groupId: true,
  documentId: true,
  layerId: true,
  threadId: true,
  replyId: true,
  address: true,
  data: true,
} satisfies Prisma.EventSelect

export type AuditRow = Prisma.EventGetPayload<{ select: typeof select }>

/** Events after `place`, at most `limit`. */
export async function listAudit(
  tx: Tx,
  of: AuditOf,
  filter: AuditFilter,
  { place, limit }: { place: AuditPlace | null; limit: number },
): Promise<AuditRow[]> {
  const after = place && { OR: [{ at: { lt: place.at } }, { at: place.at, id: { lt: place.id } }] }
  return tx.event.findMany({
    where: { AND: [belongsTo(of), ...toConditions(filter), ...(after ? [after] : [])] },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
    select,
  })
}

/** What is written in private layers is nobody's to audit: it belongs to no group, and to the server still less. */
function belongsTo(of: AuditOf): Prisma.EventWhereInput {
  if (of.kind === 'server') {
    return { layerId: null, OR: [{ groupId: null }, { kind: { startsWith: 'group.' } }] }
  }
  // Whatever was told to a margin of the group was nobody's private matter any more; drafts are told to none.
  const { groupId } = of
  return { OR: [{ groupId }, { rooms: { some: { groupId } } }] }
}

function toConditions({ personId, kind, since, until }: AuditFilter): Prisma.EventWhereInput[] {
  return [
    ...(personId ? [{ OR: [{ actorId: personId }, { subjectId: personId }] }] : []),
    ...(kind ? [{ OR: [{ kind }, { kind: { startsWith: `${kind}.` } }] }] : []),
    ...(since ? [{ at: { gte: since } }] : []),
    ...(until ? [{ at: { lt: until } }] : []),
  ]
}

/** What things are called that events speak of, by id; documents with the facts that decide who may know. */
export interface AuditNames {
  readonly people: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, string>
  readonly layers: ReadonlyMap<string, string>
  readonly documents: ReadonlyMap<string, { readonly title: string; readonly facts: DocumentFacts | null }>
}

/** The names of everything that these events speak of. */
export async function nameAudit(tx: Tx, rows: readonly AuditRow[]): Promise<AuditNames> {
  const ids = (pick: (row: AuditRow) => readonly (string | null)[]) => ({
    id: { in: [...new Set(rows.flatMap(pick))].filter((id) => id !== null) },
  })
  const people = await tx.user.findMany({
    where: ids(({ actorId, subjectId }) => [actorId, subjectId]),
    select: { id: true, name: true },
  })
  const groups = await tx.group.findMany({
    where: ids(({ groupId }) => [groupId]),
    select: { id: true, name: true },
  })
  const layers = await tx.layer.findMany({
    where: ids(({ layerId }) => [layerId]),
    select: { id: true, name: true },
  })
  const documents = await tx.document.findMany({
    where: ids(({ documentId }) => [documentId]),
    select: { id: true, title: true, ...documentFactsSelect },
  })
  const byId = (found: readonly { id: string; name: string }[]) =>
    new Map(found.map(({ id, name }) => [id, name]))
  return {
    people: byId(people),
    groups: byId(groups),
    layers: byId(layers),
    documents: new Map(
      documents.map(({ id, title, ...row }) => [id, { title, facts: toDocumentSubject(row) }]),
    ),
  }
}
