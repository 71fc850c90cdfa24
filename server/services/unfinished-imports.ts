/** Imports that were begun and not published: removed when they fail, or later when their server was killed. */
import {
  listUnfinishedImports,
  removeUnpublishedBlocks,
  removeUnpublishedDocument,
} from '../db/unpublished-documents.ts'
import type { ServiceContext } from './context.ts'

/** How long an import may be silent before it counts as given up. */
export const givenUpAfterMs = 60_000
/** Few enough that one statement keeps nobody waiting. */
const blocksAtOnce = 2_000

/**
 * Removes what imports left behind that were given up: by default those silent for a minute, as another server may
 * be at work; all of them when this server `isAlone` with the database and has not begun to serve.
 */
export async function cleanUpUnfinishedImports(
  context: Pick<ServiceContext, 'database' | 'now'>,
  { isAlone = false }: { readonly isAlone?: boolean } = {},
): Promise<number> {
  const silentBefore = context.now() - (isAlone ? 0 : givenUpAfterMs)
  const unfinished = await listUnfinishedImports(context.database.db)
  const givenUp = unfinished.filter(({ touchedAt }) => isAlone || touchedAt.getTime() < silentBefore)
  for (const { documentId } of givenUp) await removeUnfinishedImport(context, documentId)
  return givenUp.length
}

/** Removes everything of one document that is not published. */
export async function removeUnfinishedImport(
  { database }: Pick<ServiceContext, 'database'>,
  documentId: string,
): Promise<void> {
  while (await removeUnpublishedBlocks(database.db, documentId, blocksAtOnce));
  await removeUnpublishedDocument(database.db, documentId)
}
