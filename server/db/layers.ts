/** Layers, and which of them lie over a document. */
import type { Blind, LayerFacts, LayerKind } from '#domain/policy/subjects.ts'
import { type Layer, layer as layerSchema } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { toJsonColumn } from './json-column.ts'
import { type LayerSubject, layerFactsSelect, toLayerSubject } from './subjects.ts'

/** A layer as the API shows it, with what decisions about it rest on. */
export interface StoredLayer {
  readonly layer: Layer
  readonly facts: LayerSubject
}

/** A group with its layers. */
export interface GroupOverDocument {
  readonly id: string
  readonly name: string
  readonly layers: readonly StoredLayer[]
}

const content = { ...layerFactsSelect, name: true, version: true } satisfies Prisma.LayerSelect

/** The layer with this id, or null. */
export async function findLayer(tx: Tx, layerId: string): Promise<StoredLayer | null> {
  const row = await tx.layer.findUnique({ where: { id: layerId }, select: content })
  return row ? toStoredLayer(row) : null
}

/** A person's private layer and all layers of these groups, oldest first. */
export async function listLayers(
  tx: Tx,
  of: { userId: string | null; groupIds: readonly string[] },
): Promise<StoredLayer[]> {
  const rows = await tx.layer.findMany({
    where: {
      OR: [
        ...(of.userId === null ? [] : [{ ownerId: of.userId }]),
        { groups: { some: { groupId: { in: [...of.groupIds] } } } },
      ],
    },
    select: content,
    orderBy: [{ createdAt: 'asc' }, { kind: 'desc' }, { id: 'asc' }],
  })
  return rows.map(toStoredLayer)
}

/** The groups among `groupIds`, and those with a public layer and the document on their reading list; these first. */
export async function listGroupsOverDocument(
  tx: Tx,
  documentId: string,
  groupIds: readonly string[],
): Promise<GroupOverDocument[]> {
  const rows = await tx.group.findMany({
    where: {
      OR: [
        { id: { in: [...groupIds] } },
        { readings: { some: { documentId } }, layers: { some: { layer: { read: 'public' } } } },
      ],
    },
    select: {
      id: true,
      name: true,
      readings: { where: { documentId }, select: { documentId: true } },
      layers: {
        select: { layer: { select: content } },
        orderBy: [{ layer: { createdAt: 'asc' } }, { layer: { kind: 'desc' } }, { layerId: 'asc' }],
      },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const reading = rows.filter(({ readings }) => readings.length > 0)
  const others = rows.filter(({ readings }) => readings.length === 0)
  return [...reading, ...others].map((row) => ({
    id: row.id,
    name: row.name,
    layers: row.layers.map(({ layer }) => toStoredLayer(layer)),
  }))
}

/** A layer to be made. Times are in milliseconds since 1970. */
export interface NewLayerRow extends LayerSettings {
  readonly id: string
  readonly kind: Exclude<LayerKind, 'private'>
  readonly name: string
  readonly groupIds: readonly string[]
  readonly now: number
}

/** How a layer is set; what is left out keeps its value, or begins as the schema says. */
export interface LayerSettings {
  readonly read?: LayerFacts['read']
  readonly write?: LayerFacts['write']
  readonly coWriting?: boolean
  readonly opensAt?: number | null
  readonly closesAt?: number | null
  readonly blind?: Blind | null
}

/** Lays a new layer over groups. Fails on an id that is taken: see `isTaken`. */
export async function insertLayer(tx: Tx, { groupIds, now, ...layer }: NewLayerRow): Promise<void> {
  const { id, kind, name, ...settings } = layer
  await tx.layer.create({
    data: {
      id,
      kind,
      name,
      ...toColumns(settings),
      createdAt: new Date(now),
      groups: { create: groupIds.map((groupId) => ({ groupId })) },
    },
  })
}

/**
 * Changes a layer that still has `version` (null: whichever it has); false when somebody changed it in the meantime.
 * With `groupIds` it lies over these groups and no others. Setting `blind` covers it anew if it was revealed.
 */
export async function updateLayer(
  tx: Tx,
  layerId: string,
  version: number | null,
  { name, groupIds, ...settings }: LayerSettings & { name?: string; groupIds?: readonly string[] },
): Promise<boolean> {
  const { count } = await tx.layer.updateMany({
    where: { id: layerId, ...(version === null ? {} : { version }) },
    data: {
      name,
      ...toColumns(settings),
      ...(settings.blind === undefined ? {} : { revealedAt: null }),
      version: { increment: 1 },
    },
  })
  if (count > 0 && groupIds) {
    await tx.layerGroup.deleteMany({ where: { layerId, groupId: { notIn: [...groupIds] } } })
    await tx.layerGroup.createMany({
      data: groupIds.map((groupId) => ({ layerId, groupId })),
      skipDuplicates: true,
    })
  }
  return count > 0
}

/** Uncovers a blind layer for everybody; false when there is nothing to uncover. */
export async function revealLayer(tx: Tx, layerId: string, now: Date): Promise<boolean> {
  const { count } = await tx.layer.updateMany({
    where: { id: layerId, blind: { not: Prisma.AnyNull }, revealedAt: null },
    data: { revealedAt: now, version: { increment: 1 } },
  })
  return count > 0
}

/** The next instant after `now` at which a layer opens or closes, in milliseconds since 1970; null when there is none. */
export async function findNextTurn(tx: Tx, now: number): Promise<number | null> {
  const after = { gt: new Date(now) }
  const [opening, closing] = await Promise.all([
    tx.layer.aggregate({ where: { opensAt: after }, _min: { opensAt: true } }),
    tx.layer.aggregate({ where: { closesAt: after }, _min: { closesAt: true } }),
  ])
  const turns = [opening._min.opensAt, closing._min.closesAt].flatMap((at) => (at ? [at.getTime()] : []))
  return turns.length > 0 ? Math.min(...turns) : null
}

function toColumns({ opensAt, closesAt, blind, ...rest }: LayerSettings) {
  return {
    ...rest,
    opensAt: toInstant(opensAt),
    closesAt: toInstant(closesAt),
    ...(blind === undefined ? {} : { blind: blind === null ? Prisma.DbNull : toJsonColumn(blind) }),
  }
}

const toInstant = (ms: number | null | undefined) => (typeof ms === 'number' ? new Date(ms) : ms)

function toStoredLayer(row: Prisma.LayerGetPayload<{ select: typeof content }>): StoredLayer {
  const facts = toLayerSubject(row)
  return {
    facts,
    layer: layerSchema.parse({
      ...row,
      groups: facts.groupIds,
      opensAt: row.opensAt?.toISOString() ?? null,
      closesAt: row.closesAt?.toISOString() ?? null,
      revealedAt: row.revealedAt?.toISOString() ?? null,
    }),
  }
}
