/** From what a client says of a passage to the words that stand there and where they stand now. */
import { type FoldedText, foldQuote } from '#domain/anchoring/fold-text.ts'
import { locateQuote, type QuoteSelector } from '#domain/anchoring/locate-quote.ts'
import { describePassage, type Passage } from '#domain/anchoring/passage.ts'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import type { PlacedAnchor, PlacedPassage } from '../db/passages.ts'
import { type DocumentSubject, findDocumentSubject, isEditionOf } from '../db/subjects.ts'
import { reanchorBetween, toPlace } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'
import { getEditionText } from './edition-cache.ts'

/**
 * Places a passage; `documentId` is the thread's document, which a passage that names none lies in. Reads texts, so
 * never inside a transaction.
 *
 * Throws what `refuseUnread` says for a document that the actor may not read, before anything is compared with its
 * text; `unprocessable` for a range that is no passage, an edition of another document, or a quote that is not there;
 * `quote-mismatch` when `exact` is not what stands at the range, or the words are not in the current edition;
 * `ambiguous-quote` with `candidates` when the quote fits several places.
 */
export async function placePassage(
  context: ServiceContext,
  actor: Actor,
  documentId: string,
  wanted: NewPassage,
): Promise<PlacedPassage> {
  const inDocument = wanted.documentId ?? documentId
  const document = await readableDocument(context, actor, inDocument)
  const editionId = wanted.editionId ?? document.currentEditionId
  if (
    editionId !== document.currentEditionId &&
    !(await isEditionOf(context.database.db, editionId, inDocument))
  ) {
    throw new AppError('unprocessable', 'The passage names an edition of another document.')
  }
  const text = await getEditionText(context.database, editionId)
  const range = 'start' in wanted ? wanted : locate(text.folded, wanted)
  const passage = describePassage(text.text, range)
  if ('start' in wanted && wanted.exact !== undefined) checkQuote(passage, wanted.exact)
  return {
    id: context.newId(),
    documentId: inDocument,
    editionId,
    passage,
    anchors: await placeAnchors(context, { editionId, passage, isQuote: !('start' in wanted) }, document),
  }
}

/** The facts of a document that the actor may read. Throws what `refuseUnread` says otherwise. */
export async function readableDocument(
  { database, now }: ServiceContext,
  actor: Actor,
  documentId: string,
): Promise<DocumentSubject> {
  const document = await findDocumentSubject(database.db, documentId)
  if (!document || !can(actor, 'document.read', document, now())) throw refuseUnread(actor)
  return document
}

function locate(text: FoldedText, quote: QuoteSelector, whenAbsent: () => AppError = notThere): TextRange {
  const location = locateQuote(text, quote)
  switch (location.state) {
    case 'found':
      return location.range
    case 'ambiguous':
      throw new AppError('ambiguous-quote', 'These words stand in several places; say which.', {
        candidates: location.candidates,
      })
    case 'absent':
      throw whenAbsent()
  }
}

const notThere = () => new AppError('unprocessable', 'These words do not stand in the text.')
const goneFromCurrent = () =>
  new AppError('quote-mismatch', 'These words are no longer in the current edition.')

function checkQuote(passage: Passage, exact: string): void {
  if (foldQuote(passage.exact) === foldQuote(exact)) return
  throw new AppError('quote-mismatch', 'Other words than these stand there.', { found: passage.exact })
}

/**
 * Anchored where it was marked, and from an older edition also in the current one: a range that a person marked while
 * reading is carried over with its true state; a quotation from outside must be found there for certain.
 */
async function placeAnchors(
  context: ServiceContext,
  { editionId, passage, isQuote }: { editionId: string; passage: Passage; isQuote: boolean },
  { currentEditionId }: DocumentSubject,
): Promise<PlacedAnchor[]> {
  const { start, end } = passage
  const at = { state: 'exact', start, end, confidence: 1, reason: null } as const
  const marked: PlacedAnchor = { id: context.newId(), editionId, ...at }
  if (editionId === currentEditionId) return [marked]
  if (!isQuote) return [marked, await carryOver(context, { editionId, passage }, currentEditionId)]
  const current = await getEditionText(context.database, currentEditionId)
  const range = locate(current.folded, passage, goneFromCurrent)
  const state = range.start === start && range.end === end ? 'exact' : 'moved'
  return [marked, { ...marked, id: context.newId(), editionId: currentEditionId, state, ...range }]
}

/** The anchor of a passage in another edition than the one it was marked in. */
export async function carryOver(
  { database, newId }: ServiceContext,
  { editionId, passage }: Pick<PlacedPassage, 'editionId' | 'passage'>,
  toEditionId: string,
): Promise<PlacedAnchor> {
  const { start, end } = passage
  const pair = { from: editionId, to: toEditionId }
  const [result] = await reanchorBetween(database, pair, [{ start, end }])
  if (!result) throw new Error('a passage was not carried over')
  return { id: newId(), editionId: toEditionId, ...toPlace(result) }
}
