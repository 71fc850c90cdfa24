import type { Actor } from '#domain/policy/actor.ts'
import type { ServiceContext } from './context.ts'
import type { DisputeService } from './contracts/disputes.ts'
import type { FeedBus } from './contracts/feed.ts'
import { addEvidence, changeEvidence, removeEvidence } from './dispute-evidence.ts'
import { countDisputeNews, followDispute, listDisputeNews, markDisputeSeen } from './dispute-news.ts'
import { setDisputeStatus, takeStance } from './dispute-parts.ts'
import { addPosition, changePosition } from './dispute-positions.ts'
import { listDisputePeople, listDisputes, mapDisputes } from './dispute-register.ts'
import { exportDisputes, exportedDisputes } from './export-disputes.ts'
import type { NoteWriter } from './note-writer.ts'
import { listPositionVersions, restorePositionNote } from './position-notes.ts'
import { getDispute } from './present-dispute.ts'
import { openDispute, raiseDispute } from './raise-dispute.ts'
import { addDisputePassage, removeDisputePassage, retitleDispute } from './reshape-dispute.ts'

/** Disputes. Each deed is in a file of its own, and answers with the dispute as it is then. */
export function createDisputeService(
  context: ServiceContext,
  feed: FeedBus,
  writer: NoteWriter,
): DisputeService {
  const after = async (deed: Promise<void>, actor: Actor, disputeId: string) => {
    await deed
    return getDispute(context, actor, disputeId)
  }
  return {
    raise: (actor, threadId, wanted) => raiseDispute(context, feed, actor, threadId, wanted),
    open: (actor, wanted) => openDispute(context, feed, actor, wanted),
    get: (actor, id) => getDispute(context, actor, id),
    list: (actor, query) => listDisputes(context, actor, query),
    people: (actor) => listDisputePeople(context, actor),
    map: (actor, documentIdOrSlug) => mapDisputes(context, actor, documentIdOrSlug),
    retitle: (actor, id, change) => after(retitleDispute(context, feed, actor, id, change), actor, id),
    addPassage: (actor, id, wanted) => after(addDisputePassage(context, feed, actor, id, wanted), actor, id),
    removePassage: (actor, id, passageId) =>
      after(removeDisputePassage(context, feed, actor, id, passageId), actor, id),
    addPosition: (actor, id, wanted) => after(addPosition(context, feed, actor, id, wanted), actor, id),
    changePosition: (actor, id, positionId, change) =>
      after(changePosition(context, feed, actor, id, positionId, change), actor, id),
    noteVersions: (actor, id, positionId) => listPositionVersions(context, actor, id, positionId),
    restoreNote: (actor, id, positionId, number) => {
      const version = { disputeId: id, positionId, number }
      return after(restorePositionNote(context, writer, actor, version), actor, id)
    },
    addEvidence: (actor, id, wanted) => after(addEvidence(context, feed, actor, id, wanted), actor, id),
    changeEvidence: (actor, id, evidenceId, change) =>
      after(changeEvidence(context, feed, actor, id, evidenceId, change), actor, id),
    removeEvidence: (actor, id, evidenceId) =>
      after(removeEvidence(context, feed, actor, id, evidenceId), actor, id),
    takeStance: (actor, id, stance) => after(takeStance(context, feed, actor, id, stance), actor, id),
    setStatus: (actor, id, wanted, ifMatch) =>
      after(setDisputeStatus(context, feed, actor, id, wanted, ifMatch), actor, id),
    follow: (actor, id, wanted) => after(followDispute(context, actor, id, wanted), actor, id),
    news: (actor) => listDisputeNews(context, actor),
    newsCount: (actor) => countDisputeNews(context, actor),
    markSeen: (actor, id, number) => markDisputeSeen(context, actor, id, number),
    export: (actor, which, format) => exportDisputes(context, actor, which, format),
    exported: (actor, which) => exportedDisputes(context, actor, which),
  }
}
