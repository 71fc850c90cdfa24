import { ApiError, fromProblem } from './api.ts'

export interface UploadCall {
  /** Below `/api/v1`. */
  readonly path: string
  /** The file and its fields, named as the call takes them. */
  readonly form: FormData
  /** Called with the share that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file and resolves with what was made of it. By XMLHttpRequest, since `fetch` does not tell how much has been sent.
 * Throws `ApiError`; its code is `aborted` after `signal`.
 */
export function uploadFile<Answer>({ path, form, onSent, signal }: UploadCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (code: string, message: string) => reject(new ApiError(code, message, 0))
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onSent(1)
    request.onerror = () => fail('offline', 'The connection broke before the file was sent.')
    request.onabort = () => fail('aborted', 'The upload was stopped.')
    request.onload = () => {
      const answer = toJson(request.responseText)
      if (request.status !== 201) reject(fromProblem(answer, request.status))
      // The server answers with the schema that this type comes from.
      else resolve(answer as Answer)
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
