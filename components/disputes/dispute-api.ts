/** What the pages of disputes ask of the server. All throw `ApiError`. */
import { callApi, callApiForText } from '#components/client/api.ts'
import { listParallels } from '#components/client/parallel-api.ts'
import type { NoteVersion } from '#components/client/thread-api.ts'
import type { Dispute, DisputePassage, DisputeSummary } from '#domain/wire/dispute.ts'
import type {
  EvidenceChange,
  NewDisputeOnPassage,
  NewDisputeStatus,
  NewEvidence,
  NewPosition,
  NewStance,
  PositionChange,
} from '#domain/wire/dispute-requests.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Parallel } from '#domain/wire/parallel.ts'
import type { Page } from '#domain/wire/shared.ts'
import type { NewPassage, NewReply, Reply } from '#domain/wire/thread.ts'

const at = (id: string) => `/disputes/${encodeURIComponent(id)}`

export const fetchDispute = (id: string): Promise<Dispute> => callApi('GET', at(id))

export const raiseThread = (threadId: string, question: string): Promise<Dispute> =>
  callApi('POST', `/threads/${threadId}/dispute`, { body: { question } })

/** Opens a dispute on words that no note is about yet. */
export const openDispute = (wanted: NewDisputeOnPassage): Promise<Dispute> =>
  callApi('POST', '/disputes', { body: wanted })

export const addPosition = (id: string, position: NewPosition): Promise<Dispute> =>
  callApi('POST', `${at(id)}/positions`, { body: position })

export const retitle = (id: string, question: string): Promise<Dispute> =>
  callApi('PATCH', at(id), { body: { question } })

export const addPassage = (id: string, passage: NewPassage): Promise<Dispute> =>
  callApi('POST', `${at(id)}/passages`, { body: { passage } })

export const removePassage = (id: string, passageId: string): Promise<Dispute> =>
  callApi('DELETE', `${at(id)}/passages/${passageId}`)

export const changePosition = (id: string, positionId: string, change: PositionChange): Promise<Dispute> =>
  callApi('PATCH', `${at(id)}/positions/${positionId}`, { body: change })

export const positionVersions = async (id: string, positionId: string): Promise<NoteVersion[]> =>
  (await callApi<Page<NoteVersion>>('GET', `${at(id)}/positions/${positionId}/versions`)).items

export const restorePositionNote = (id: string, positionId: string, version: number): Promise<Dispute> =>
  callApi('POST', `${at(id)}/positions/${positionId}/versions/${version}/restore`)

export const addEvidence = (id: string, evidence: NewEvidence): Promise<Dispute> =>
  callApi('POST', `${at(id)}/evidence`, { body: evidence })

export const changeEvidence = (id: string, evidenceId: string, change: EvidenceChange): Promise<Dispute> =>
  callApi('PATCH', `${at(id)}/evidence/${evidenceId}`, { body: change })

export const removeEvidence = (id: string, evidenceId: string): Promise<Dispute> =>
  callApi('DELETE', `${at(id)}/evidence/${evidenceId}`)

export const takeStance = (id: string, stance: NewStance): Promise<Dispute> =>
  callApi('PUT', `${at(id)}/stance`, { body: stance })

/** Throws `ApiError` `stale` when something happened since `version`. */
export const setDisputeStatus = (id: string, status: NewDisputeStatus, version?: number): Promise<Dispute> =>
  callApi('POST', `${at(id)}/status`, { body: status, version })

export const setFollowing = (id: string, wanted: boolean): Promise<Dispute> =>
  callApi(wanted ? 'PUT' : 'DELETE', `${at(id)}/follow`)

export const markSeen = (id: string, number: number): Promise<null> =>
  callApi('POST', `${at(id)}/seen`, { body: { number } })

export const countNews = async (): Promise<number> =>
  (await callApi<{ count: number }>('GET', '/me/dispute-news/count')).count

export const sendReply = (threadId: string, reply: NewReply): Promise<Reply> =>
  callApi('POST', `/threads/${threadId}/replies`, { body: reply })

/** The disputes that are not over, the most active first. */
export const listGoingOn = async (): Promise<DisputeSummary[]> => {
  const { items } = await callApi<Page<DisputeSummary>>('GET', '/disputes', { query: { limit: 200 } })
  return items.filter(({ status }) => status === 'open' || status === 'contested')
}

/** So many pages of documents are offered to quote from; what is beyond is reached by a link. */
const pagesAtMost = 10

/** Documents that one may quote from, by title. */
export async function listDocuments(): Promise<Document[]> {
  const documents: Document[] = []
  let cursor: string | undefined
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await callApi<Page<Document>>('GET', '/documents', { query: { limit: 200, cursor } })
    documents.push(...answer.items)
    if (answer.next === null) break
    cursor = answer.next
  }
  return documents
}

/** A document by its id or slug. */
export const fetchDocument = (idOrSlug: string): Promise<Document> =>
  callApi('GET', `/documents/${encodeURIComponent(idOrSlug)}`)

/** The text of one edition of a document. */
export const fetchText = (documentId: string, edition: number): Promise<string> =>
  callApiForText('GET', `/documents/${documentId}/text`, { query: { edition } })

/** The finds that one of the dispute's own passages has a part in. */
export async function listFinds(passages: readonly DisputePassage[]): Promise<Parallel[]> {
  const lists = await Promise.all(
    passages
      .filter(({ place }) => place !== null)
      .map(({ documentId, start, end }) => listParallels(documentId, { start, end })),
  )
  const finds = lists.flatMap(({ items }) => items)
  return [...new Map(finds.map((find) => [find.id, find])).values()]
}
