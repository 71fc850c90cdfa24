/** What is known of the HTTP request that is being answered, wherever in the server the answer is worked on. */
import { AsyncLocalStorage } from 'node:async_hooks'

interface RequestContext {
  readonly requestId: string
  /** The client's network address; null when it is not known. */
  readonly address: string | null
  /** Puts `Retry-After` on the answer, whoever is going to write it. */
  readonly tellToWait: (seconds: number) => void
}

const requests = new AsyncLocalStorage<RequestContext>()

/** Runs `work` so that everything it does, now or later, knows the request. */
export function withinRequest<T>(request: RequestContext, work: () => T): T {
  return requests.run(request, work)
}

/** The id of the request that is being answered; undefined outside of one. */
export const currentRequestId = (): string | undefined => requests.getStore()?.requestId

/** The address that the request being answered came from; null outside of one. */
export const currentAddress = (): string | null => requests.getStore()?.address ?? null

/** Says with the answer after how many seconds to ask again; nothing outside of a request. */
export const tellToWait = (seconds: number): void => requests.getStore()?.tellToWait(seconds)
