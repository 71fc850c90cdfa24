/** Two editions side by side, one section at a time. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { Block } from '#domain/text/edition-text.ts'
import type { ComparisonQuery } from '#domain/wire/edition.ts'
import { alignInWorker } from '../anchoring/align-in-worker.ts'
import { listBlocks, listBlocksAt } from '../db/editions.ts'
import { loadAlignable } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'
import type { Comparison } from './contracts/editions.ts'
import { getSeenEdition, presentEdition } from './seen-editions.ts'

/** One section of edition `number` beside another: see `EditionService.compare`. */
export async function compareEditions(
  { database, now }: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
  query: ComparisonQuery,
): Promise<Comparison> {
  const { db } = database
  const { stored, edition: later } = await getSeenEdition(db, actor, idOrSlug, number, now())
  const { edition: earlier } = await getSeenEdition(db, actor, idOrSlug, query.with, now())
  const section = later.sections.find((each) => each.number === query.section)
  if (!section) throw new AppError('not-found', 'The edition has no such section.')
  const { firstBlock, endBlock } = section
  const rows = await alignInWorker(
    { from: earlier.id, to: later.id },
    { kind: 'compare', section: { firstBlock, endBlock } },
    (editionId) => loadAlignable(database, editionId),
  )
  const [earlierBlocks, laterBlocks] = await Promise.all([
    listBlocksAt(db, earlier.id, [...new Set(rows.flatMap((row) => row.earlier))]),
    listBlocks(db, later.id, section),
  ])
  const [ofEarlier, ofLater] = [toPicker(earlierBlocks), toPicker(laterBlocks)]
  return {
    document: stored.document,
    earlier: presentEdition(earlier),
    later: presentEdition(later),
    section,
    sections: later.sections,
    rows: rows.map((row) => ({ ...row, earlier: ofEarlier(row.earlier), later: ofLater(row.later) })),
  }
}

function toPicker(blocks: readonly Block[]): (indexes: readonly number[]) => Block[] {
  const byIndex = new Map(blocks.map((block) => [block.index, block]))
  return (indexes) => indexes.flatMap((index) => byIndex.get(index) ?? [])
}
