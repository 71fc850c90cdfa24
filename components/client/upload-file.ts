import { ApiError, fromProblem } from './api.ts'

export interface UploadCall {
  /** Below `/api/v1`. */
  readonly path: string
  /** The file, or the file and its fields, named as the call takes them. */
  readonly body: File | FormData
  readonly headers?: Readonly<Record<string, string>>
  /** Called with the share that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void
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
  signal,
}: UploadCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (code: string, message: string) => reject(new ApiError(code, message, 0))
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept', 'application/json')
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onSent(1)
    request.onerror = () => fail('offline', 'The connection broke before the file was sent.')
    request.onabort = () => fail('aborted', 'The upload was stopped.')
    request.onload = () => {
      const answer = toJson(request.responseText)
      if (request.status >= 300) reject(fromProblem(answer, request.status))
      // The server answers with the schema that this type comes from.
      else resolve(answer as Answer)
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
