/** The queue of an edition: where each passage stands in it, with the words then and the words now. */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { wordDifferences } from '#domain/comparison/word-differences.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { Section, TextRange } from '#domain/text/edition-text.ts'
import { findSectionAt } from '#domain/text/find-in-edition.ts'
import { surroundings } from '#domain/text/surroundings.ts'
import type { AnchorList, AnchorQuery, AnchorRow, EditionReport, WordsInPlace } from '#domain/wire/edition.ts'
import { type AnchorDetail, type AnchorPosition, countAnchors, listAnchors } from '../db/anchors.ts'
import { findEdition, listParagraphNumbers } from '../db/editions.ts'
import { listPeople } from '../db/people.ts'
import { findLayersWithinReach } from '../db/subjects.ts'
import type { ThreadSight } from '../db/thread-sight.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import { anchorPassages } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'
import { getEditionText } from './edition-cache.ts'
import { moderates } from './margin-access.ts'
import { isVisible, toThreadFacts } from './present-thread.ts'
import { getSeenEdition, presentEdition, type SeenEdition, stateOf } from './seen-editions.ts'

/** Characters shown around the words, on each side. */
const contextLength = 80
/** Of the note that a passage belongs to. */
const noteLength = 200

/** An edition with how the passages stand in it: see `EditionService.report`. */
export async function reportEdition(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<EditionReport> {
  const { db } = context.database
  const seen = await getWholeEdition(context, actor, idOrSlug, number)
  return {
    edition: presentEdition(seen.edition),
    anchors: await countAnchors(db, seen.edition.id, await sightOf(context, actor)),
  }
}

/** One page of an edition's passages: see `EditionService.anchors`. */
export async function listEditionAnchors(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
  { state, limit, cursor }: AnchorQuery,
): Promise<AnchorList> {
  const { edition } = await getWholeEdition(context, actor, idOrSlug, number)
  const details = await listAnchors(context.database.db, edition.id, {
    sight: await sightOf(context, actor),
    state,
    after: cursor === undefined ? null : readCursor(cursor),
    limit: limit + 1,
  })
  const page = details.slice(0, limit)
  const last = details.length > limit ? page.at(-1) : undefined
  return { items: await presentAnchors(context, actor, page), next: last ? writeCursor(last) : null }
}

/** Anchors as the actor sees them; those of threads that they do not see are left out. */
export async function presentAnchors(
  context: ServiceContext,
  actor: Actor,
  details: readonly AnchorDetail[],
): Promise<AnchorRow[]> {
  const { db } = context.database
  const now = context.now()
  const threads = new Map(
    (await loadThreads(db, [...new Set(details.map(({ threadId }) => threadId))], { replyGroupIds: [] })).map(
      (thread) => [thread.id, thread],
    ),
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
    if (!thread || !wordsThen || !wordsNow || !isVisible(thread, { actor, now })) return []
    const shown = detail.state === 'orphaned' ? { ...wordsNow, words: '' } : wordsNow
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

/** What the policy lets the actor see, for counting and listing. */
async function sightOf({ database, now }: ServiceContext, actor: Actor): Promise<ThreadSight> {
  const personId = actor.kind === 'person' ? actor.userId : null
  const groupIds = actor.kind === 'person' ? Object.keys(actor.memberships) : []
  const within = await findLayersWithinReach(database.db, personId, groupIds)
  const layers = within.filter((layer) => can(actor, 'layer.read', layer, now()))
  return {
    personId,
    layerIds: layers.map(({ id }) => id),
    moderatedLayerIds: layers.filter((layer) => moderates(actor, layer, now())).map(({ id }) => id),
  }
}

/** The edition, with a place for what was written since it was brought in, or decided anew in another. */
async function getWholeEdition(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<SeenEdition> {
  const seen = await getSeenEdition(context.database.db, actor, idOrSlug, number, context.now())
  if (stateOf(seen.edition) !== 'current') {
    await anchorPassages(context, { documentId: seen.edition.documentId, editionId: seen.edition.id })
  }
  return seen
}

function presentOwner(thread: ThreadRecord): AnchorRow['thread'] {
  const { id, kind, layerId, author, note } = thread
  const text = (note?.text ?? '').slice(0, noteLength).replace(/[\uD800-\uDBFF]$/, '')
  return { id, kind, layerId, author, note: text }
}

/** The words at ranges of editions, with where they stand; in the same order. */
async function placeWords(
  { database }: ServiceContext,
  ranges: readonly (TextRange & { readonly editionId: string })[],
): Promise<WordsInPlace[]> {
  const editions = new Map<
    string,
    { text: string; sections: readonly Section[]; paragraphs: Map<number, number | null> }
  >()
  for (const editionId of new Set(ranges.map((range) => range.editionId))) {
    const offsets = ranges.filter((range) => range.editionId === editionId).map(({ start }) => start)
    const [{ text }, edition, numbers] = await Promise.all([
      getEditionText(database, editionId),
      findEdition(database.db, editionId),
      listParagraphNumbers(database.db, editionId, offsets),
    ])
    const paragraphs = new Map(offsets.map((offset, index) => [offset, numbers[index] ?? null]))
    editions.set(editionId, { text, sections: edition?.sections ?? [], paragraphs })
  }
  return ranges.flatMap(({ editionId, start, end }) => {
    const edition = editions.get(editionId)
    if (!edition) return []
    const { text, sections, paragraphs } = edition
    return {
      ...surroundings(text, { start, end }, contextLength),
      words: text.slice(start, end),
      start,
      end,
      section: findSectionAt(sections, start)?.number ?? 1,
      paragraph: paragraphs.get(start) ?? null,
    }
  })
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
