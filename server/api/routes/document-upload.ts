/** A document as it is sent to be brought in: a file with fields, or JSON. */
import { z } from '@hono/zod-openapi'
import { AppError } from '#domain/app-error.ts'
import { type RepairKind, repairKinds } from '#domain/text/repairs.ts'
import {
  collectionProperties,
  type DocumentProperties,
  documentProperties,
  type NewDocument,
  repairKind,
  sourceFormat,
} from '#domain/wire/document.ts'
import { checkInput } from '../../services/check-input.ts'
import type { CollectionRequest, ImportRequest } from '../../services/contracts/documents.ts'

const text = z.string()
const texts = z.union([text, z.array(text)])

/** The fields of an upload. Fields left empty count as left out, as forms send them. */
export const documentUpload = z.strictObject({
  file: z.instanceof(File).openapi({ type: 'string', format: 'binary', description: 'At most 50 MB.' }),
  id: text.optional(),
  title: text.optional(),
  authors: texts.optional().openapi({ description: 'One field for each, or one with semicolons between.' }),
  language: text.optional(),
  visibility: text.optional().openapi({ description: '`public`, `signed-in` or `group` (the default).' }),
  groups: texts.optional().openapi({ description: 'Ids: one field for each, or one with commas between.' }),
  repairs: texts.optional().openapi({
    description: `Repairs to make, of ${repairKinds.join(', ')}: one field for each, or one with commas between; \`none\` for none. Left out: all.`,
  }),
  format: text.optional().openapi({ description: 'Left out: told from the name, the type and the bytes.' }),
})

export type DocumentUpload = z.infer<typeof documentUpload>

/** The fields of a ZIP of texts. */
export const archiveUpload = documentUpload.pick({
  file: true,
  id: true,
  visibility: true,
  groups: true,
  repairs: true,
})

/** An uploaded ZIP with its fields as the service takes it. Throws `unprocessable` for what a field must not be. */
export async function fromArchive({
  file,
  id,
  visibility,
  groups,
  repairs,
}: z.infer<typeof archiveUpload>): Promise<CollectionRequest> {
  return {
    source: { archive: new Uint8Array(await file.arrayBuffer()) },
    properties: checkInput(collectionProperties, {
      id: toValue(id),
      visibility: toValue(visibility),
      groups: toValues(groups, ','),
    }),
    repairs: toRepairs(toValues(repairs, ',')),
  }
}

/** An uploaded file with its fields as the service takes it. Throws `unprocessable` for what a field must not be. */
export async function fromUpload({
  file,
  format,
  repairs,
  ...fields
}: DocumentUpload): Promise<ImportRequest> {
  const properties: DocumentProperties = checkInput(documentProperties, {
    id: toValue(fields.id),
    title: toValue(fields.title),
    authors: toValues(fields.authors, ';'),
    language: toValue(fields.language),
    visibility: toValue(fields.visibility),
    groups: toValues(fields.groups, ','),
  })
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    format: toValue(format) === undefined ? undefined : checkFormat(format),
    fileName: toValue(file.name),
    contentType: toValue(file.type),
    repairs: toRepairs(toValues(repairs, ',')),
    properties,
  }
}

/** A document sent as JSON as the service takes it. */
export function fromContent({ format, content, repairs, ...properties }: NewDocument): ImportRequest {
  return { bytes: new TextEncoder().encode(content), format, repairs, properties }
}

/** The repairs that a list of their names asks for; `none` adds nothing to it. Throws `unprocessable` for other words. */
export function toRepairs(words: readonly string[] | undefined): RepairKind[] | undefined {
  if (words === undefined) return undefined
  return checkInput(
    z.array(repairKind),
    words.filter((word) => word !== 'none'),
  )
}

function checkFormat(format: string | undefined) {
  const parsed = sourceFormat.safeParse(format?.trim())
  if (parsed.success) return parsed.data
  throw new AppError('unsupported-format', `Documents are brought in as ${sourceFormat.options.join(', ')}.`)
}

function toValue(field: string | undefined): string | undefined {
  return field?.trim() || undefined
}

function toValues(field: string | readonly string[] | undefined, separator: string): string[] | undefined {
  const values = [field ?? []].flat().flatMap((value) => value.split(separator))
  const filled = values.map((value) => value.trim()).filter((value) => value !== '')
  return filled.length > 0 ? filled : undefined
}
