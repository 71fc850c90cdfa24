import type { Tx } from '../db/database.ts'
import { type EditionRow, readOriginal } from '../db/editions.ts'

/** The file that an edition was made of, with what a browser is told of it. */
export interface Original {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly fileName: string
}

/** The original of an edition; `name` is for one that was sent without a file name. */
export async function readEditionOriginal(tx: Tx, edition: EditionRow, name: string): Promise<Original> {
  return {
    bytes: await readOriginal(tx, edition.id),
    contentType: contentTypes[edition.format] ?? 'application/octet-stream',
    fileName: edition.fileName ?? `${name}.${edition.format === 'tei' ? 'xml' : edition.format}`,
  }
}

/** By format, as what the person who brought it in said of it is not to be believed by a browser. */
const contentTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  epub: 'application/epub+zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  tei: 'application/tei+xml',
  pdf: 'application/pdf',
}
