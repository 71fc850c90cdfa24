/** What the pages about editions ask of the REST API. */
import type { Document } from '#domain/wire/document.ts'
import type { AnchorDecision, AnchorList, AnchorRow } from '#domain/wire/edition.ts'
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
  query: { state?: AnchorState; cursor?: string; limit?: number },
) => callApi<AnchorList>('GET', `${toPath(edition)}/anchors`, { query })

/** One passage as it stands now, looked for page by page; null when it is no longer there for this person. */
export async function findAnchor(edition: EditionPlace, anchorId: string): Promise<AnchorRow | null> {
  let cursor: string | undefined
  do {
    const { items, next } = await listAnchors(edition, { cursor, limit: 200 })
    const found = items.find(({ id }) => id === anchorId)
    if (found) return found
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return null
}

/** Decides where a passage stands; `version` is the one that was looked at. */
export const decideAnchor = (anchorId: string, decision: AnchorDecision, version: number) =>
  callApi<AnchorRow>('PATCH', `/anchors/${anchorId}`, { body: decision, version })

export const publishEdition = (edition: EditionPlace) =>
  callApi<Document>('POST', `${toPath(edition)}/publish`)

export const rollBackEdition = (edition: EditionPlace) =>
  callApi<Document>('POST', `${toPath(edition)}/rollback`)

export const discardEdition = (edition: EditionPlace) => callApi<null>('DELETE', toPath(edition))

/** The address of an edition's original file. */
export const originalAddress = (edition: EditionPlace) => `/api/v1${toPath(edition)}/original`
