import type { ProgressEvent } from '#domain/wire/progress.ts'
import { ApiError, fromProblem } from './api.ts'

export interface UploadCall {
  /** Below `/api/v1`. */
  readonly path: string
  /** The file, or the file and its fields, named as the call takes them. */
  readonly body: File | FormData
  readonly headers?: Readonly<Record<string, string>>
  /** Called with the share that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void
  /** Called with the share of its work that the server has done, 0 to 1, where the call tells of it. */
  readonly onDone?: (share: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file and resolves with what was made of it. By XMLHttpRequest, since `fetch` does not tell how much has been sent.
 * Throws `ApiError`; its code is `aborted` after `signal`.
 */
export function uploadFile<Answer>({
  path,
  body,
  headers = {},
  onSent,
  onDone,
  signal,
}: UploadCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (code: string, message: string) => reject(new ApiError(code, message, 0))
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept', onDone ? 'text/event-stream, application/json' : 'application/json')
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onSent(1)
    request.onprogress = () => {
      const last = readEvents(request).at(-1)
      if (last && 'progress' in last) onDone?.(last.progress)
    }
    request.onerror = () => fail('offline', 'The connection broke before the file was sent.')
    request.onabort = () => fail('aborted', 'The upload was stopped.')
    request.onload = () => {
      const answer = readAnswer(request)
      if (!answer) fail('offline', 'The connection broke before the server was done.')
      else if (answer.status >= 300) reject(fromProblem(answer.body, answer.status))
      // The server answers with the schema that this type comes from.
      else resolve(answer.body as Answer)
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** What the server answered in the end; null where its events end before it said that. */
function readAnswer(request: XMLHttpRequest): { status: number; body?: unknown } | null {
  if (!hasEvents(request)) return { status: request.status, body: toJson(request.responseText) }
  const last = readEvents(request).at(-1)
  return last && 'status' in last ? last : null
}

const hasEvents = (request: XMLHttpRequest) =>
  request.getResponseHeader('content-type')?.startsWith('text/event-stream') ?? false

/** The events that are here whole: a hundred and one at most. */
function readEvents(request: XMLHttpRequest): ProgressEvent[] {
  if (!hasEvents(request)) return []
  const lines = request.responseText.split('\n\n').slice(0, -1)
  // The server writes them by the schema that this type comes from.
  return lines.map((line) => JSON.parse(line.replace(/^data: /, '')) as ProgressEvent)
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
