import type { Actor } from '#domain/policy/actor.ts'
import type { ServiceContext } from './context.ts'
import type { DisputeService } from './contracts/disputes.ts'
import type { FeedBus } from './contracts/feed.ts'
import { addEvidence, changeEvidence, removeEvidence } from './dispute-evidence.ts'
import { followDispute, listDisputeNews, markDisputeSeen } from './dispute-news.ts'
import { addPosition, setDisputeStatus, takeStance } from './dispute-parts.ts'
import { listDisputes, mapDisputes } from './dispute-register.ts'
import { exportDisputes, exportedDisputes } from './export-disputes.ts'
import { getDispute } from './present-dispute.ts'
import { openDispute, raiseDispute } from './raise-dispute.ts'

/** Disputes. Each deed is in a file of its own, and answers with the dispute as it is then. */
export function createDisputeService(context: ServiceContext, feed: FeedBus): DisputeService {
  const after = async (deed: Promise<void>, actor: Actor, disputeId: string) => {
    await deed
    return getDispute(context, actor, disputeId)
  }
  return {
    raise: (actor, threadId, wanted) => raiseDispute(context, feed, actor, threadId, wanted),
    open: (actor, wanted) => openDispute(context, feed, actor, wanted),
    get: (actor, id) => getDispute(context, actor, id),
    list: (actor, query) => listDisputes(context, actor, query),
    map: (actor, documentIdOrSlug) => mapDisputes(context, actor, documentIdOrSlug),
    addPosition: (actor, id, wanted) => after(addPosition(context, feed, actor, id, wanted), actor, id),
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
    markSeen: (actor, id, number) => markDisputeSeen(context, actor, id, number),
    export: (actor, which, format) => exportDisputes(context, actor, which, format),
    exported: (actor, which) => exportedDisputes(context, actor, which),
  }
}
