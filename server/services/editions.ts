/** New editions of documents: previewed, published, rolled back, and what they do to the passages. */
import { sourceFormat } from '#domain/wire/document.ts'
import { listEditionRecords } from '../db/edition-records.ts'
import { compareEditions } from './compare-editions.ts'
import type { ServiceContext } from './context.ts'
import type { EditionRequest, EditionService } from './contracts/editions.ts'
import type { FeedBus } from './contracts/feed.ts'
import { decide, readAnchor } from './decide-anchor.ts'
import { listEditionAnchors, reportEdition } from './edition-anchors.ts'
import { readEditionOriginal } from './edition-original.ts'
import { listEditionRepairs } from './edition-repairs.ts'
import { previewEdition } from './preview-edition.ts'
import { discard, publish, rollBack } from './publish-edition.ts'
import { getReadableDocument } from './readable-documents.ts'
import { getChangeableEdition, getSeenEdition, maySeeEdition, presentEdition } from './seen-editions.ts'
import type { Turns } from './turns.ts'

/** The service over the editions of one database. Each deed is in a file of its own. */
export function createEditionService(context: ServiceContext, feed: FeedBus, turns: Turns): EditionService {
  const { database, now } = context
  return {
    async preview(actor, documentId, source) {
      const { number } = await previewEdition(context, turns, actor, documentId, source)
      return reportEdition(context, actor, documentId, number)
    },

    async repeat(actor, documentId, number, again) {
      const { stored, edition } = await getChangeableEdition(database.db, actor, documentId, number, now())
      const { bytes } = await readEditionOriginal(database.db, edition, stored.document.slug)
      const source: EditionRequest = {
        bytes,
        format: sourceFormat.parse(edition.format),
        fileName: edition.fileName ?? undefined,
        contentType: edition.contentType ?? undefined,
        ...again,
      }
      const made = await previewEdition(context, turns, actor, documentId, source)
      return reportEdition(context, actor, documentId, made.number)
    },

    async list(actor, documentId) {
      const { document, facts } = await getReadableDocument(database.db, actor, documentId, now())
      const editions = await listEditionRecords(database.db, document.id)
      return editions.filter((edition) => maySeeEdition(actor, facts, edition, now())).map(presentEdition)
    },

    report: (actor, documentId, number, which) => reportEdition(context, actor, documentId, number, which),
    repairs: (actor, documentId, number) => listEditionRepairs(context, actor, documentId, number),
    publish: (actor, documentId, number) => publish(context, feed, actor, documentId, number),
    rollBack: (actor, documentId, number) => rollBack(context, feed, actor, documentId, number),
    discard: (actor, documentId, number) => discard(context, actor, documentId, number),
    anchors: (actor, documentId, number, query) =>
      listEditionAnchors(context, actor, documentId, number, query),
    anchor: (actor, anchorId) => readAnchor(context, actor, anchorId),
    decide: (actor, anchorId, decision, ifMatch) => decide(context, feed, actor, anchorId, decision, ifMatch),
    compare: (actor, documentId, number, query) => compareEditions(context, actor, documentId, number, query),

    async original(actor, documentId, number) {
      const { stored, edition } = await getSeenEdition(database.db, actor, documentId, number, now())
      return readEditionOriginal(database.db, edition, `${stored.document.slug}-${number}`)
    },
  }
}
