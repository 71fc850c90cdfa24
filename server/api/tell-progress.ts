/**
 * Long work that says how far it is. Who sends `Accept: text/event-stream` is answered at once by server-sent events,
 * each a `data:` line of JSON (see `progressEvent`): the share that is done, and last the status and the body that the
 * answer would have had.
 */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { ProgressEvent } from '#domain/wire/progress.ts'
import { describeFailure } from './problem.ts'

const mediaType = 'text/event-stream'

/** Such an answer in the description of the API. */
export const progressEvents = {
  description: `Where \`Accept: ${mediaType}\` was sent: events with \`{"progress": 0.42}\`, and last \`{"status": 201, "body": …}\`, which is what the answer would have been.`,
  content: { [mediaType]: { schema: z.string() } },
} as const

/** What long work is given: when to stop, since nobody waits any more, and how to say how far it is. */
export interface LongWork {
  readonly signal: AbortSignal
  readonly onProgress?: (done: number) => void
}

/** Whether who asks wants to be told how far it is. */
export function wantsProgress(c: Context): boolean {
  return c.req.header('accept')?.includes(mediaType) ?? false
}

/** Does long work and tells of it by events, the answer's own status being 200; `status` is what its success means. */
export function answerByEvents(
  c: Context,
  log: Logger,
  status: number,
  work: (long: LongWork) => Promise<object>,
): Response {
  const stopped = new AbortController()
  const signal = AbortSignal.any([c.req.raw.signal, stopped.signal])
  const events = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (event: ProgressEvent) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
      }
      let told = 0
      const onProgress = (progress: number) => {
        if (progress - told < LEAST_STEP) return
        told = progress
        tell({ progress })
      }
      tell({ progress: 0 })
      try {
        tell({ status, body: await work({ signal, onProgress }) })
      } catch (error) {
        const problem = describeFailure(error, c, log)
        tell({ status: problem.status, body: problem })
      }
      if (!signal.aborted) controller.close()
    },
    cancel: () => stopped.abort(),
  })
  return c.body(events, 200, { 'Content-Type': mediaType, 'X-Accel-Buffering': 'no' })
}

const encoder = new TextEncoder()

/** An event for each hundredth, not for each of ten thousand blocks. */
const LEAST_STEP = 0.01
