/** A layer of each kind that the table of rights has a part about, with things in it by somebody else. */
import type { Person } from '#domain/policy/actor.ts'
import type { Services } from '#server/services/services.ts'
import { aDispute, positionOf } from './dispute.ts'
import { layerOf } from './group.ts'
import { aPerson, asNow, privateLayerOf } from './person.ts'
import type { ReadingRoom } from './reading-room.ts'
import { aThread } from './thread.ts'

/** One layer, by the title that the table of rights gives its kind. */
export interface KindOfLayer {
  readonly title: string
  readonly layerId: string
  /** Null in a private layer. */
  readonly groupId: string | null
}

/** Layers of every kind over the room's group, and an instructor who writes in them: nobody of the room. */
export async function layersOfEveryKind(
  services: Services,
  room: ReadingRoom,
): Promise<{ readonly kinds: readonly KindOfLayer[]; readonly author: Person }> {
  const { group, owner } = room
  const { email, userId } = await aPerson(services, { name: 'Somebody else' })
  await services.groups.addMember(owner, group.id, { email, role: 'instructor' })
  const author = await asNow(services, { userId })
  const second = await services.groups.create(author, { name: 'Publishing' })
  const published = layerOf(second, 'commentary').id
  const teaching = await asNow(services, author)
  await services.groups.addMember(teaching, second.id, { email: owner.email, role: 'owner' })
  const add = async (settings: object) =>
    (await services.layers.add(owner, group.id, { name: 'Added', ...settings })).id
  // Laid over the room's group in place of its own, so that a commentary of it is published and another is not.
  const both = await asNow(services, owner)
  await services.layers.change(both, published, { read: 'public', groups: [group.id, second.id] }, null)
  await services.layers.change(both, published, { groups: [group.id] }, null)
  const inGroup = { groupId: group.id }
  return {
    author: await asNow(services, author),
    kinds: [
      { title: "another's private layer", layerId: await privateLayerOf(services, author), groupId: null },
      { title: 'discussion layer', layerId: layerOf(group, 'discussion').id, ...inGroup },
      { title: 'commentary layer', layerId: layerOf(group, 'commentary').id, ...inGroup },
      { title: 'published commentary layer', layerId: published, ...inGroup },
      {
        title: 'custom layer, read by instructors, written by members',
        layerId: await add({ read: 'instructors', write: 'members' }),
        ...inGroup,
      },
      {
        title: 'custom layer, read by members, written by instructors',
        layerId: await add({ read: 'members', write: 'instructors' }),
        ...inGroup,
      },
      {
        title: 'custom layer, read by the public, written by members',
        layerId: await add({ read: 'public', write: 'members' }),
        ...inGroup,
      },
    ],
  }
}

/** What stands in a layer, all of it by one author. */
export interface Ground extends Omit<KindOfLayer, 'title'> {
  readonly documentId: string
  /** Co-written, with a reply. */
  readonly threadId: string
  readonly replyId: string
  readonly draftId: string
  /** Open, with a position that its author holds, and evidence for that. */
  readonly disputeId: string
  readonly positionId: string
  readonly evidenceId: string
}

/** A thread with a reply, a draft and a dispute of the author in a layer. */
export async function aGround(
  services: Services,
  author: Person,
  documentId: string,
  { layerId, groupId }: KindOfLayer,
): Promise<Ground> {
  const at = { documentId, layerId }
  const { id: threadId } = await aThread(services, author, { ...at, coWritten: true })
  const reply = await services.replies.create(author, threadId, {
    body: 'A reply.',
    ...(groupId && { groupId }),
  })
  const { id: draftId } = await aThread(services, author, { ...at, draft: true })
  const dispute = await aDispute(services, author, { ...at, passages: [], positions: ['It minds.'] })
  const positionId = positionOf(dispute, 1)
  const held = { positions: [{ id: positionId, weight: 1 }], reason: '' }
  await services.disputes.takeStance(author, dispute.id, held)
  const { positions } = await services.disputes.addEvidence(author, dispute.id, {
    positionId,
    side: 'for',
    citation: 'A work from elsewhere.',
    note: '',
  })
  const [evidence] = positions.flatMap((position) => position.evidence)
  if (!evidence) throw new Error('there is no evidence')
  return {
    ...at,
    groupId,
    threadId,
    replyId: reply.id,
    draftId,
    disputeId: dispute.id,
    positionId,
    evidenceId: evidence.id,
  }
}
