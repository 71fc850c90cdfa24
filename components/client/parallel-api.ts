/** What the reader asks of the REST API about the same words elsewhere. */
import type { TextRange } from '#domain/text/edition-text.ts'
import type {
  CheckedQuotation,
  Parallel,
  ParallelInContext,
  ParallelList,
  ParallelMarks,
} from '#domain/wire/parallel.ts'
import { callApi } from './api.ts'

/** The parallels of a range of a document's current edition. */
export const listParallels = (documentId: string, { start, end }: TextRange) =>
  callApi<ParallelList>('GET', `/documents/${documentId}/parallels`, {
    query: { start, end, limit: 200 },
  })

/** Where the parallels of a range of a document's current edition stand. */
export const listParallelMarks = (documentId: string, { start, end }: TextRange, signal?: AbortSignal) =>
  callApi<ParallelMarks>('GET', `/documents/${documentId}/parallels/marks`, { query: { start, end }, signal })

/** One with the text around both passages, seen from this document. */
export const readParallel = (parallelId: string, documentId: string) =>
  callApi<ParallelInContext>('GET', `/parallels/${parallelId}`, { query: { document: documentId } })

/** Says why two passages have nothing to do with each other. */
export const dismissParallel = (parallelId: string, reason: string) =>
  callApi<Parallel>('PATCH', `/parallels/${parallelId}`, { body: { dismissed: true, reason } })

/** The quotations in a thread's note, each with its source. */
export const checkQuotations = async (threadId: string) =>
  (await callApi<{ items: CheckedQuotation[] }>('GET', `/threads/${threadId}/quotations`)).items
