import type { SourceDocument } from '#domain/text/edition-text.ts'

/** The formats that can be brought in. */
export type ImportFormat = 'txt' | 'md' | 'html'

export interface ImportHints {
  readonly fileName?: string
}

/** Reads one format. Pure: the same bytes give the same document. */
export interface Importer {
  readonly format: ImportFormat
  /** Throws AppError `unprocessable` or `too-large`, with one line for the person who brought the file. */
  read(bytes: Uint8Array, hints: ImportHints): SourceDocument
}
