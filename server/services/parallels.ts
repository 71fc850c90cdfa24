/** The same words elsewhere: listing, showing and dismissing parallels, checking quotations, keeping the index. */
import { setTimeout } from 'node:timers/promises'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { ParallelList, ParallelQuery } from '#domain/wire/parallel.ts'
import { forgetSearches } from '../db/parallel-index.ts'
import { dismissParallel, listParallels, type StoredParallel, turnTo } from '../db/parallels.ts'
import { listPeople } from '../db/people.ts'
import { keepIndex } from '../parallels/keep-index.ts'
import { unprocessable } from './check-input.ts'
import { checkQuotations } from './check-quotations.ts'
import type { ServiceContext } from './context.ts'
import type { ParallelService } from './contracts/parallels.ts'
import { getEditionText } from './edition-cache.ts'
import { findSeenParallel, presentParallel, toParallelFacts } from './present-parallel.ts'
import { getReadableDocument } from './readable-documents.ts'
import { requirePerson } from './thread-access.ts'

/** Code units shown before and after a passage. */
const contextLength = 2_000
/** How soon after an edition changes its parallels are looked for. */
const updateEveryMs = 8_000

/** The service over the parallels of one database. */
export function createParallelService(context: ServiceContext): ParallelService {
  const { database, now, log } = context
  const { db } = database

  async function present(actor: Actor, parallels: readonly StoredParallel[]) {
    const people = await listPeople(
      db,
      parallels.flatMap(({ dismissal }) => dismissal?.byId ?? []),
    )
    return parallels.map((each) => presentParallel(each, { actor, now: now(), people }))
  }

  async function around({ editionId, start, end }: StoredParallel['here']) {
    const { text } = await getEditionText(database, editionId)
    const from = Math.max(0, text.lastIndexOf('\n', Math.max(0, start - contextLength)) + 1)
    const to = text.indexOf('\n', end + contextLength)
    return { start: from, text: text.slice(from, to < 0 ? text.length : to) }
  }

  return {
    async list(actor, documentId, query) {
      const { document } = await getReadableDocument(db, actor, documentId, now())
      const stored = await listParallels(db, document.id, {
        formulas: query.recurring === 'true',
        dismissed: query.dismissed === 'true',
        within:
          query.start === undefined && query.end === undefined
            ? null
            : { start: query.start ?? 0, end: query.end ?? document.edition.length },
      })
      const seen = stored.filter((each) => can(actor, 'parallel.read', toParallelFacts(each), now()))
      const page = pageOf(seen, query)
      return { ...page, items: await present(actor, page.items) }
    },

    async get(actor, parallelId, documentId) {
      const seen = turnTo(await findSeenParallel(context, actor, parallelId), documentId)
      const [presented] = await present(actor, [seen])
      if (!presented) throw refuseUnread(actor)
      const [here, there] = await Promise.all([around(seen.here), around(seen.there)])
      return { ...presented, context: { here, there } }
    },

    async change(actor, parallelId, { dismissed, reason }) {
      const stored = await findSeenParallel(context, actor, parallelId)
      requirePerson(actor)
      if (!can(actor, 'parallel.dismiss', toParallelFacts(stored), now())) throw refuseAction(actor)
      const isSame = dismissed === (stored.dismissal !== null)
      if (!isSame) {
        const dismissal = dismissed ? { byId: actor.userId, at: new Date(now()), reason } : null
        await dismissParallel(db, parallelId, dismissal)
      }
      const [presented] = await present(actor, [await findSeenParallel(context, actor, parallelId)])
      if (!presented) throw new AppError('not-found', 'There is no such parallel.')
      return presented
    },

    checkNote: (actor, threadId) => checkQuotations(context, actor, threadId),

    async update({ again = false, ...options } = {}) {
      if (again) await forgetSearches(db)
      return keepIndex(context, options)
    },

    keepUpdated() {
      const stop = new AbortController()
      const run = async () => {
        while (!stop.signal.aborted) {
          await setTimeout(updateEveryMs, null, { ref: false, signal: stop.signal }).catch(() => {})
          await keepIndex(context, stop).catch((err: unknown) =>
            log.error({ err }, 'parallels could not be updated'),
          )
        }
      }
      const running = run()
      return async () => {
        stop.abort()
        await running
      }
    },
  }
}

function pageOf(
  all: readonly StoredParallel[],
  { cursor, limit }: ParallelQuery,
): Pick<ParallelList, 'next'> & { items: readonly StoredParallel[] } {
  const after = cursor === undefined ? -1 : all.findIndex(({ id }) => id === cursor)
  if (cursor !== undefined && after < 0) {
    throw unprocessable([{ path: 'cursor', message: 'is not one that this server gave' }])
  }
  const items = all.slice(after + 1, after + 1 + limit)
  return { items, next: after + 1 + limit < all.length ? (items.at(-1)?.id ?? null) : null }
}
