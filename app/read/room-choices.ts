import { assignColors, type RoomChoice } from '#components/reader/reader-data.ts'
import { marginRoomName, noGroup } from '#domain/wire/feed.ts'
import type { services } from '#server/accessor.ts'

type ReaderLayer = Awaited<ReturnType<ReturnType<typeof services>['layers']['forDocument']>>[number]

const order = ['discussion', 'commentary', 'custom', 'private']

/** The layers over a document as the reader names and colours them: what is shared first, one's own last. */
export function toRoomChoices(documentId: string, offered: readonly ReaderLayer[]): RoomChoice[] {
  const sorted = [...offered].sort((a, b) => order.indexOf(a.layer.kind) - order.indexOf(b.layer.kind))
  const ownLayer = sorted.find(({ layer }) => layer.kind === 'private')?.layer.id ?? null
  const colors = assignColors(
    sorted.map(({ layer }) => layer.id),
    ownLayer,
  )
  const groups = new Set(sorted.flatMap(({ groupName }) => groupName ?? []))
  return sorted.map(({ layer, groupId, groupName, mayWrite, mayReply, covers }) => ({
    name: marginRoomName({ documentId, layerId: layer.id, groupId }),
    layerId: layer.id,
    groupId: groupId === noGroup ? null : groupId,
    groupName,
    layerName: layer.name,
    kind: layer.kind,
    label:
      layer.kind === 'private'
        ? 'Only me'
        : groups.size > 1 && groupName
          ? `${layer.name}, ${groupName}`
          : layer.name,
    color: colors.get(layer.id) ?? 1,
    mayWrite,
    mayReply,
    opensAt: layer.opensAt,
    closesAt: layer.closesAt,
    covers,
  }))
}
