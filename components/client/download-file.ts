import { ApiError, fromProblem } from './api.ts'

export interface DownloadCall {
  /** Below `/api/v1`. */
  readonly path: string
  /** Called with the share that has come, 0 to 1. */
  readonly onReceived: (share: number) => void
  readonly signal: AbortSignal
}

/** A file as the server named it. The browser keeps large ones on disk. */
export interface DownloadedFile {
  readonly name: string
  readonly content: Blob
}

/** Fetches a file whose size the server says beforehand. Throws `ApiError`; its code is `aborted` after `signal`. */
export async function downloadFile({ path, onReceived, signal }: DownloadCall): Promise<DownloadedFile> {
  try {
    const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', signal })
    if (!response.ok) throw fromProblem(await response.json().catch(() => null), response.status)
    const total = Number(response.headers.get('content-length'))
    const content = await receive(response, (bytes) => onReceived(total > 0 ? bytes / total : 0))
    return { name: toFileName(response.headers.get('content-disposition')), content }
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw signal.aborted
      ? new ApiError('aborted', 'The download was stopped.', 0)
      : new ApiError('offline', 'The connection broke before the file was here.', 0)
  }
}

async function receive(response: Response, onBytes: (bytes: number) => void): Promise<Blob> {
  let bytes = 0
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length
        onBytes(bytes)
        controller.enqueue(chunk)
      },
    }),
  )
  return new Response(counted).blob()
}

const toFileName = (disposition: string | null) => /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'file'

/** Has the browser put a file where it puts downloads. */
export function saveFile({ name, content }: DownloadedFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken it over by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
