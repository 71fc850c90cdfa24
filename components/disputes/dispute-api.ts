/** What the pages of disputes ask of the server. All throw `ApiError`. */
import { callApi } from '#components/client/api.ts'
import type {
  Dispute,
  DisputeSummary,
  EvidenceChange,
  NewDisputeOnPassage,
  NewDisputeStatus,
  NewEvidence,
  NewPosition,
  NewStance,
} from '#domain/wire/dispute.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Page } from '#domain/wire/shared.ts'
import type { NewReply, Reply } from '#domain/wire/thread.ts'

const at = (id: string) => `/disputes/${encodeURIComponent(id)}`

export const fetchDispute = (id: string): Promise<Dispute> => callApi('GET', at(id))

export const raiseThread = (threadId: string, question: string): Promise<Dispute> =>
  callApi('POST', `/threads/${threadId}/dispute`, { body: { question } })

/** Opens a dispute on words that no note is about yet. */
export const openDispute = (wanted: NewDisputeOnPassage): Promise<Dispute> =>
  callApi('POST', '/disputes', { body: wanted })

export const addPosition = (id: string, position: NewPosition): Promise<Dispute> =>
  callApi('POST', `${at(id)}/positions`, { body: position })

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

export const sendReply = (threadId: string, reply: NewReply): Promise<Reply> =>
  callApi('POST', `/threads/${threadId}/replies`, { body: reply })

/** The disputes that are not over, the most active first. */
export const listGoingOn = async (): Promise<DisputeSummary[]> => {
  const { items } = await callApi<Page<DisputeSummary>>('GET', '/disputes', { query: { limit: 200 } })
  return items.filter(({ status }) => status === 'open' || status === 'contested')
}

/** Documents that evidence may be quoted from. */
export const listDocuments = async (): Promise<Document[]> =>
  (await callApi<Page<Document>>('GET', '/documents', { query: { limit: 200 } })).items
