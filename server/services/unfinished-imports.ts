/** Documents and editions that were begun and not finished: removed when that fails, or later when their server was killed. */
import {
  listUnfinishedImports,
  removeUnpublishedBlocks,
  removeUnpublishedDocument,
} from '../db/unpublished-documents.ts'
import {
  listUnfinishedEditions,
  removeUnfinishedEdition,
  removeUnfinishedRows,
} from '../db/unpublished-editions.ts'
import type { ServiceContext } from './context.ts'

/** How long an import may be silent before it counts as given up. */
export const givenUpAfterMs = 60_000
/** Few enough that one statement keeps nobody waiting. */
const rowsAtOnce = 2_000

/**
 * Removes what imports left behind that were given up: by default those silent for a minute, as another server may
 * be at work; all of them when this server `isAlone` with the database and has not begun to serve.
 */
export async function cleanUpUnfinishedImports(
  context: Pick<ServiceContext, 'database' | 'now'>,
  { isAlone = false }: { readonly isAlone?: boolean } = {},
): Promise<number> {
  const silentBefore = context.now() - (isAlone ? 0 : givenUpAfterMs)
  const isGivenUp = ({ touchedAt }: { readonly touchedAt: Date }) =>
    isAlone || touchedAt.getTime() < silentBefore
  const documents = (await listUnfinishedImports(context.database.db)).filter(isGivenUp)
  for (const { documentId } of documents) await removeUnfinishedImport(context, documentId)
  const editions = (await listUnfinishedEditions(context.database.db)).filter(isGivenUp)
  for (const { editionId } of editions) await removeUnfinished(context, editionId)
  return documents.length + editions.length
}

/** Removes everything of one document that is not published. */
export async function removeUnfinishedImport(
  { database }: Pick<ServiceContext, 'database'>,
  documentId: string,
): Promise<void> {
  while (await removeUnpublishedBlocks(database.db, documentId, rowsAtOnce));
  await removeUnpublishedDocument(database.db, documentId)
}

/** Removes everything of a further edition that is not finished. */
export async function removeUnfinished(
  { database }: Pick<ServiceContext, 'database'>,
  editionId: string,
): Promise<void> {
  while (await removeUnfinishedRows(database.db, editionId, rowsAtOnce));
  await removeUnfinishedEdition(database.db, editionId)
}
