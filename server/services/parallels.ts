/** The same words elsewhere: listing, showing and dismissing parallels, checking quotations, keeping the index. */
import { setTimeout } from 'node:timers/promises'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { ParallelMarksQuery, ParallelQuery } from '#domain/wire/parallel.ts'
import { forgetSearches } from '../db/parallel-index.ts'
import { listParallelPlaces, type ParallelFilter, type ParallelPlace } from '../db/parallel-places.ts'
import {
  dismissParallel,
  findParallelsAt,
  listParallelDocuments,
  type StoredParallel,
  turnTo,
} from '../db/parallels.ts'
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

  /** The places whose parallels the actor may see, and the documents that these lead to. */
  async function listSeen(
    actor: Actor,
    documentId: string,
    which: Omit<ParallelFilter, 'within'>,
    { start, end }: ParallelMarksQuery,
  ) {
    const { document, facts } = await getReadableDocument(db, actor, documentId, now())
    const isWhole = start === undefined && end === undefined
    const within = isWhole ? null : { start: start ?? 0, end: end ?? document.edition.length }
    const all = await listParallelPlaces(db, document.id, { ...which, within })
    const found = await listParallelDocuments(
      db,
      all.map(({ otherId }) => otherId),
    )
    const others = found.filter((there) => can(actor, 'parallel.read', { here: facts, there }, now()))
    const seen = new Set(others.map(({ id }) => id))
    return { places: all.filter(({ otherId }) => seen.has(otherId)), others }
  }

  async function around({ editionId, start, end }: StoredParallel['here']) {
    const { text } = await getEditionText(database, editionId)
    const from = Math.max(0, text.lastIndexOf('\n', Math.max(0, start - contextLength)) + 1)
    const to = text.indexOf('\n', end + contextLength)
    return { start: from, text: text.slice(from, to < 0 ? text.length : to) }
  }

  return {
    async list(actor, documentId, query) {
      const filter = { formulas: query.recurring === 'true', dismissed: query.dismissed === 'true' }
      const { places } = await listSeen(actor, documentId, filter, query)
      const page = pageOf(places, query)
      return { ...page, items: await present(actor, await findParallelsAt(db, page.items)) }
    },

    async listMarks(actor, documentId, query) {
      const filter = { formulas: false, dismissed: false }
      const { places, others } = await listSeen(actor, documentId, filter, query)
      return {
        marks: places.map(({ id, start, otherId }) => ({ id, start, documentId: otherId })),
        documents: others.map(({ id, title }) => ({ id, title })),
      }
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
  all: readonly ParallelPlace[],
  { cursor, limit }: ParallelQuery,
): { readonly items: readonly ParallelPlace[]; readonly next: string | null } {
  const after = cursor === undefined ? -1 : all.findIndex((place) => cursorOf(place) === cursor)
  if (cursor !== undefined && after < 0) {
    throw unprocessable([{ path: 'cursor', message: 'is not one that this server gave' }])
  }
  const items = all.slice(after + 1, after + 1 + limit)
  const last = items.at(-1)
  return { items, next: last && after + 1 + limit < all.length ? cursorOf(last) : null }
}

/** A parallel within one text is in its list twice, once from either side. */
const cursorOf = ({ id, side }: ParallelPlace): string => `${side} ${id}`
