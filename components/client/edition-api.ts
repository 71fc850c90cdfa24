/** What the pages about editions ask of the REST API. */

import type { RepairKind } from '#domain/text/repairs.ts'
import type { Document } from '#domain/wire/document.ts'
import type {
  AnchorDecision,
  AnchorList,
  AnchorRow,
  EditionRepair,
  EditionReport,
  WhichAnchors,
} from '#domain/wire/edition.ts'
import type { AnchorState } from '#domain/wire/thread.ts'
import { callApi } from './api.ts'

/** An edition by its document and number. */
export interface EditionPlace {
  readonly documentId: string
  readonly number: number
}

const toPath = ({ documentId, number }: EditionPlace) => `/documents/${documentId}/editions/${number}`

/** One page of the passages in an edition, of all states or of one. */
export const listAnchors = (
  edition: EditionPlace,
  query: WhichAnchors & { state?: AnchorState; cursor?: string; limit?: number },
) => callApi<AnchorList>('GET', `${toPath(edition)}/anchors`, { query })

/** One passage as it stands now. */
export const readAnchor = (anchorId: string) => callApi<AnchorRow>('GET', `/anchors/${anchorId}`)

/** Decides where a passage stands; `version` is the one that was looked at. */
export const decideAnchor = (anchorId: string, decision: AnchorDecision, version: number) =>
  callApi<AnchorRow>('PATCH', `/anchors/${anchorId}`, { body: decision, version })

export const publishEdition = (edition: EditionPlace) =>
  callApi<Document>('POST', `${toPath(edition)}/publish`)

export const rollBackEdition = (edition: EditionPlace) =>
  callApi<Document>('POST', `${toPath(edition)}/rollback`)

export const discardEdition = (edition: EditionPlace) => callApi<null>('DELETE', toPath(edition))

/** Previews a new edition of the same original with these repairs alone. */
export const repeatEdition = (edition: EditionPlace, repairs: readonly RepairKind[]) =>
  callApi<EditionReport>('POST', `${toPath(edition)}/repeat`, { body: { repairs } })

/** What the import repaired, with the first of the places. */
export const listRepairs = (edition: EditionPlace) =>
  callApi<{ items: EditionRepair[] }>('GET', `${toPath(edition)}/repairs`)

/** The address of an edition's original file. */
export const originalAddress = (edition: EditionPlace) => `/api/v1${toPath(edition)}/original`
