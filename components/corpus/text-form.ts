/** What the forms for a new text and for a new edition hold, as the API takes it. */
import { callApi } from '#components/client/api.ts'
import { uploadFile } from '#components/client/upload-file.ts'
import type { ImportedCollection, ImportedDocument } from '#domain/wire/document.ts'
import type { EditionReport } from '#domain/wire/edition.ts'

/** More is refused by the server, so that it need not be sent. */
export const mostFileBytes = 50_000_000

export interface SendOptions {
  /** The id of what shall be made: sending the same again after a lost answer makes no second one. */
  readonly id: string
  readonly onSent: (share: number) => void
  readonly onDone: (share: number) => void
  readonly signal: AbortSignal
}

/** Sends what a form holds and resolves with what was made of it. Throws `ApiError`. */
export type SendSource<Made> = (fields: FormData, options: SendOptions) => Promise<Made>

/** Brings in what the form holds: a file, pasted text, or every text of a ZIP, with what is said about it. */
export const sendText: SendSource<ImportedCollection> = async (fields, options) => {
  const file = fields.get('file')
  if (fields.get('source') !== 'pasted' && file instanceof File && /\.zip$/i.test(file.name))
    return sendArchive(file, fields, options)
  const pasted = { ...toSource(fields), ...toProperties(fields) }
  return { documents: [await send<ImportedDocument>('/documents', fields, pasted, options)], refused: [] }
}

/** The texts of a ZIP say themselves what they are called, and by whom. */
function sendArchive(file: File, fields: FormData, { id, ...sending }: SendOptions) {
  const form = new FormData()
  form.set('id', id)
  form.set('file', file)
  for (const name of ['visibility', 'groups', 'repairs'])
    for (const value of fields.getAll(name)) form.append(name, value)
  return uploadFile<ImportedCollection>({ path: '/documents/archive', body: form, ...sending })
}

/** Brings in a new edition of a document, which is previewed. */
export const sendEditionOf =
  (documentId: string): SendSource<EditionReport> =>
  (fields, options) =>
    send(`/documents/${documentId}/editions`, fields, toSource(fields), options)

function send<Made>(
  path: string,
  fields: FormData,
  pasted: object,
  { id, ...sending }: SendOptions,
): Promise<Made> {
  if (fields.get('source') === 'pasted') {
    return callApi('POST', path, { body: { ...pasted, id }, signal: sending.signal })
  }
  const form = new FormData()
  form.set('id', id)
  for (const [name, value] of fields) {
    if (name !== 'source') form.append(name, value)
  }
  return uploadFile({ path, body: form, ...sending })
}

const word = (fields: FormData, name: string) => String(fields.get(name) ?? '').trim() || undefined

function toSource(fields: FormData) {
  return {
    format: word(fields, 'format'),
    content: String(fields.get('content') ?? ''),
    repairs: fields.getAll('repairs').filter((repair) => repair !== 'none'),
  }
}

function toProperties(fields: FormData) {
  const authors = (word(fields, 'authors') ?? '').split(';').map((author) => author.trim())
  return {
    title: word(fields, 'title'),
    authors: authors.some(Boolean) ? authors.filter(Boolean) : undefined,
    language: word(fields, 'language'),
    visibility: word(fields, 'visibility'),
    groups: fields.getAll('groups').map(String),
  }
}

/** What the server said against fields, by the name of the field: a fault at `authors.1` stands at `authors`. */
export function toFieldErrors(faults: Readonly<Record<string, string>>): Record<string, string> {
  const byField = Object.entries(faults).map(([path, message]) => [path.split('.')[0] ?? path, message])
  return Object.fromEntries(byField)
}
