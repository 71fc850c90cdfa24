/** Long work as it is told of while it goes on: see `Accept: text/event-stream` in the description of the API. */
import { z } from 'zod'

/** The share that is done, 0 to 1; or, last, how the work ended: a status of HTTP and the body that goes with it. */
export const progressEvent = z.union([
  z.object({ progress: z.number().min(0).max(1) }),
  z.object({ status: z.number().int(), body: z.unknown() }),
])

export type ProgressEvent = z.infer<typeof progressEvent>
