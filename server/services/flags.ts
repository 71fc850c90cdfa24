/** The queue of what readers flagged. Hiding something settles its flags too: see `moderate.ts`. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { type Flag, newFlag } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { findDocument } from '../db/documents.ts'
import { type FlagRecord, findFlag, insertFlag, listFlags, settleFlags } from '../db/flags.ts'
import { listPeople } from '../db/people.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { FlagService } from './contracts/flags.ts'
import { isVisible, toReplyFacts, toThreadFacts } from './present-thread.ts'
import { getReadableGroup } from './readable-group.ts'
import { requireReplyRead } from './reply-access.ts'
import { findSeenThread, requirePerson } from './thread-access.ts'

const listedAtOnce = 200
const shownLength = 300

/** The service of flags. */
export function createFlagService({ database, newId, now }: ServiceContext): FlagService {
  return {
    async flag(actor, threadId, body) {
      requirePerson(actor)
      const { reason, replyId = null } = checkInput(newFlag, body)
      const thread = await findSeenThread(database.db, actor, threadId, now())
      if (replyId !== null) requireReplyRead(actor, thread, replyId, now())
      if (!can(actor, 'thread.flag', toThreadFacts(thread), now())) {
        throw refuseAction(actor, 'Only members of its group flag a thread.')
      }
      await database.transaction((tx) =>
        insertFlag(tx, { id: newId(), threadId, replyId, userId: actor.userId, reason, at: new Date(now()) }),
      )
    },

    async list(actor, groupIdOrSlug, { settled }) {
      const { db } = database
      const group = await getReadableGroup(db, actor, groupIdOrSlug, now())
      if (!can(actor, 'group.moderate', group, now())) {
        throw refuseAction(actor, 'Only owners and instructors see what was flagged.')
      }
      const rows = await listFlags(db, group.id, { settled, limit: listedAtOnce })
      return presentFlags(db, actor, rows, now())
    },

    async settle(actor, flagId) {
      requirePerson(actor)
      await database.transaction(async (tx) => {
        const flag = await findFlag(tx, flagId)
        const [shown] = flag ? await presentFlags(tx, actor, [flag], now()) : []
        if (!flag || !shown) throw refuseUnread(actor)
        await settleFlags(tx, flag, { by: actor.userId, at: new Date(now()) })
      })
    },
  }
}

/** The flags on what the actor moderates, as they see it. */
async function presentFlags(tx: Tx, actor: Actor, rows: readonly FlagRecord[], now: number): Promise<Flag[]> {
  const threads = new Map(
    (await loadThreads(tx, [...new Set(rows.map(({ threadId }) => threadId))])).map((thread) => [
      thread.id,
      thread,
    ]),
  )
  const people = await listPeople(
    tx,
    rows.flatMap(({ settledById }) => settledById ?? []),
  )
  const flags: Flag[] = []
  for (const row of rows) {
    const thread = threads.get(row.threadId)
    const flagged = thread && findFlagged(actor, thread, row.replyId, now)
    const document = flagged && (await findDocument(tx, thread.documentId))
    if (!document || !can(actor, 'document.read', { ...document.facts, withdrawn: false }, now)) continue
    const { slug, title } = document.document
    flags.push({
      id: row.id,
      thread: { id: thread.id, documentId: thread.documentId, document: { slug, title } },
      replyId: row.replyId,
      author: flagged.author,
      text: flagged.text.slice(0, shownLength),
      hidden: flagged.hidden,
      locked: thread.locked,
      flaggedBy: row.user,
      reason: row.reason,
      at: row.at.toISOString(),
      settledBy: people.find(({ id }) => id === row.settledById) ?? null,
      settledAt: row.settledAt?.toISOString() ?? null,
    })
  }
  return flags
}

/** The thread or reply that was flagged, if the actor moderates it. */
function findFlagged(actor: Actor, thread: ThreadRecord, replyId: string | null, now: number) {
  if (!isVisible(thread, { actor, now })) return null
  if (replyId === null) {
    if (!can(actor, 'thread.moderate', toThreadFacts(thread), now)) return null
    return { author: thread.author, text: thread.note?.text ?? '', hidden: thread.hidden }
  }
  const reply = thread.replies.find(({ id }) => id === replyId)
  return reply && can(actor, 'reply.moderate', toReplyFacts(thread, reply), now) ? reply : null
}
