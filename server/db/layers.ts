/** Layers, and which of them lie over a document. */
import type { LayerFacts } from '#domain/policy/subjects.ts'
import { type Layer, layer as layerSchema } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { layerFactsSelect, toLayerSubject } from './subjects.ts'

/** A layer as the API shows it, with what decisions about it rest on. */
export interface StoredLayer {
  readonly layer: Layer
  readonly facts: LayerFacts
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

/** Lays a new layer over a group. */
export async function insertGroupLayer(
  tx: Tx,
  layer: {
    id: string
    groupId: string
    kind: 'discussion' | 'commentary'
    name: string
    write: 'members' | 'instructors'
    now: number
  },
): Promise<void> {
  const { groupId, now, ...row } = layer
  await tx.layer.create({
    data: { ...row, read: 'members', createdAt: new Date(now), groups: { create: { groupId } } },
  })
}

/** Changes a layer that still has `version` (null: whichever it has); false when somebody changed it in the meantime. */
export async function updateLayer(
  tx: Tx,
  layerId: string,
  version: number | null,
  change: { name?: string; coWriting?: boolean },
): Promise<boolean> {
  const { count } = await tx.layer.updateMany({
    where: { id: layerId, ...(version === null ? {} : { version }) },
    data: { name: change.name, coWriting: change.coWriting, version: { increment: 1 } },
  })
  return count > 0
}

function toStoredLayer(row: Prisma.LayerGetPayload<{ select: typeof content }>): StoredLayer {
  const facts = toLayerSubject(row)
  return { facts, layer: layerSchema.parse({ ...row, groups: facts.groupIds }) }
}
