/** What the form for a new text holds, as the API takes it. */
import { callApi } from '#components/client/api.ts'
import { uploadDocument } from '#components/client/upload-document.ts'
import type { Document } from '#domain/wire/document.ts'

/** More is refused by the server, so that it need not be sent. */
export const mostFileBytes = 50_000_000

export interface SendOptions {
  /** The id the document shall have: sending the same again after a lost answer makes no second one. */
  readonly id: string
  readonly onSent: (share: number) => void
  readonly signal: AbortSignal
}

/** Brings in what the form holds: its file, or its pasted text. Throws `ApiError`. */
export function sendText(fields: FormData, { id, onSent, signal }: SendOptions): Promise<Document> {
  if (fields.get('source') === 'pasted') {
    return callApi('POST', '/documents', { body: { ...toContent(fields), id }, signal })
  }
  const form = new FormData()
  form.set('id', id)
  for (const [name, value] of fields) {
    if (name !== 'source') form.append(name, value)
  }
  return uploadDocument({ form, onSent, signal })
}

function toContent(fields: FormData) {
  const word = (name: string) => String(fields.get(name) ?? '').trim() || undefined
  const authors = (word('authors') ?? '').split(';').map((author) => author.trim())
  return {
    format: word('format'),
    content: String(fields.get('content') ?? ''),
    title: word('title'),
    authors: authors.some(Boolean) ? authors.filter(Boolean) : undefined,
    language: word('language'),
    visibility: word('visibility'),
    groups: fields.getAll('groups').map(String),
  }
}

/** What the server said against fields, by the name of the field: a fault at `authors.1` stands at `authors`. */
export function toFieldErrors(faults: Readonly<Record<string, string>>): Record<string, string> {
  const byField = Object.entries(faults).map(([path, message]) => [path.split('.')[0] ?? path, message])
  return Object.fromEntries(byField)
}
