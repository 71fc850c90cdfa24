/** The queue of an edition: where each passage stands in it, with the words then and the words now. */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { wordDifferences } from '#domain/comparison/word-differences.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type {
  AnchorList,
  AnchorQuery,
  AnchorRow,
  EditionReport,
  WhichAnchors,
  WordsInPlace,
} from '#domain/wire/edition.ts'
import {
  type AnchorDetail,
  type AnchorPosition,
  countAnchors,
  listAnchors,
  type WhoseAnchors,
} from '../db/anchors.ts'
import { listPeople } from '../db/people.ts'
import { findLayersWithinReach } from '../db/subjects.ts'
import { loadThreadHeads, type ThreadHead } from '../db/thread-heads.ts'
import type { ThreadSight } from '../db/thread-sight.ts'
import type { ServiceContext } from './context.ts'
import { whenAnchored } from './keep-anchored.ts'
import { toSight } from './margin-access.ts'
import { placeWords } from './place-words.ts'
import { toThreadFacts } from './present-thread.ts'
import { getSeenEdition, presentEdition, type SeenEdition } from './seen-editions.ts'
import { requirePerson } from './thread-access.ts'

/** Of the note that a passage belongs to. */
const noteLength = 200

/** An edition with how the passages stand in it: see `EditionService.report`. */
export async function reportEdition(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
  which: WhichAnchors = {},
): Promise<EditionReport> {
  const { db } = context.database
  const seen = await getWholeEdition(context, actor, idOrSlug, number)
  return {
    edition: presentEdition(seen.edition),
    anchors: await countAnchors(db, seen.edition.id, await whoseAnchors(context, actor, which)),
  }
}

/** One page of an edition's passages: see `EditionService.anchors`. */
export async function listEditionAnchors(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
  { state, limit, cursor, mine }: AnchorQuery,
): Promise<AnchorList> {
  const { edition } = await getWholeEdition(context, actor, idOrSlug, number)
  const details = await listAnchors(context.database.db, edition.id, {
    ...(await whoseAnchors(context, actor, { mine })),
    state,
    after: cursor === undefined ? null : readCursor(cursor),
    limit: limit + 1,
  })
  const page = details.slice(0, limit)
  const last = details.length > limit ? page.at(-1) : undefined
  return { items: await presentAnchors(context, actor, page), next: last ? writeCursor(last) : null }
}

/** Anchors as the actor sees them; those of threads that they do not see are left out. Deleted threads are not asked for. */
export async function presentAnchors(
  context: ServiceContext,
  actor: Actor,
  details: readonly AnchorDetail[],
): Promise<AnchorRow[]> {
  const { db } = context.database
  const now = context.now()
  const threads = await loadThreadHeads(
    db,
    details.map(({ threadId }) => threadId),
  )
  const people = await listPeople(
    db,
    details.flatMap(({ decidedById }) => decidedById ?? []),
  )
  const then = await placeWords(
    context,
    details.map(({ confirmed }) => confirmed),
  )
  const here = await placeWords(context, details)
  return details.flatMap((detail, index) => {
    const thread = threads.get(detail.threadId)
    const wordsThen = then[index]
    const wordsNow = here[index]
    if (!thread || !wordsThen || !wordsNow || !can(actor, 'thread.read', toThreadFacts(thread), now))
      return []
    const shown = detail.state === 'orphaned' ? withoutWords(wordsNow) : wordsNow
    return {
      id: detail.id,
      passageId: detail.passageId,
      state: detail.state,
      confidence: detail.confidence,
      reason: detail.reason,
      decidedBy: people.find(({ id }) => id === detail.decidedById) ?? null,
      decidedAt: detail.decidedAt?.toISOString() ?? null,
      version: detail.version,
      thread: presentOwner(thread),
      // biome-ignore lint/suspicious/noThenProperty: a word of the API; being no function it is not awaited.
      then: { ...wordsThen, edition: detail.confirmed.number },
      now: shown,
      differences: wordDifferences(wordsThen.words, shown.words),
      may: { decide: can(actor, 'passage.place', toThreadFacts(thread), now) },
    }
  })
}

/** A gap between two paragraphs stays one, though nothing that stands in it is the passage's. */
function withoutWords({ words, after, ...place }: WordsInPlace): WordsInPlace {
  return { ...place, words: '', after: words.includes('\n') ? `\n${after}` : after }
}

/** Throws `unauthenticated` where somebody who has not signed in asks for their own. */
async function whoseAnchors(
  context: ServiceContext,
  actor: Actor,
  { mine }: WhichAnchors,
): Promise<WhoseAnchors> {
  const sight = await sightOf(context, actor)
  if (mine !== 'true') return { sight, authorId: null }
  requirePerson(actor)
  return { sight, authorId: actor.userId }
}

/** What the policy lets the actor see, for counting and listing. */
/** What of the threads an actor may see, for the database. */
export async function sightOf({ database, now }: ServiceContext, actor: Actor): Promise<ThreadSight> {
  const personId = actor.kind === 'person' ? actor.userId : null
  const groupIds = actor.kind === 'person' ? Object.keys(actor.memberships) : []
  const within = await findLayersWithinReach(database.db, personId, groupIds)
  const layers = within.filter((layer) => can(actor, 'layer.read', layer, now()))
  return toSight(actor, layers)
}

/** The edition, once what was written since it was brought in, or decided anew in another, has its place in it. */
async function getWholeEdition(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<SeenEdition> {
  const seen = await getSeenEdition(context.database.db, actor, idOrSlug, number, context.now())
  await whenAnchored(context, seen.edition.documentId)
  return seen
}

function presentOwner({ id, kind, layerId, author, noteText }: ThreadHead): AnchorRow['thread'] {
  const text = noteText.slice(0, noteLength).replace(/[\uD800-\uDBFF]$/, '')
  return { id, kind, layerId, author, note: text }
}

const cursorShape = z.tuple([z.int().min(0).max(2_147_483_647), z.string().max(64)])

const writeCursor = ({ start, id }: AnchorPosition) =>
  Buffer.from(JSON.stringify([start, id])).toString('base64url')

function readCursor(cursor: string): AnchorPosition {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [start, id] = cursorShape.parse(json)
    return { start, id: id.replaceAll('\0', '') }
  } catch {
    throw new AppError('unprocessable', 'This cursor was not made by this server.')
  }
}
