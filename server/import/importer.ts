import type { SourceDocument } from '#domain/text/edition-text.ts'
import type { RepairSwitches } from '#domain/text/repairs.ts'

/** The formats that can be brought in. */
export type ImportFormat = 'txt' | 'md' | 'html' | 'epub' | 'docx' | 'tei' | 'pdf'

export interface ImportHints {
  readonly fileName?: string
  /** Which repairs to make; all when left out. */
  readonly switches?: RepairSwitches
  /** Told now and then which share of the file is read, 0 to 1; only by formats that take long. */
  readonly onProgress?: (share: number) => void
}

/** Reads one format. Pure: the same bytes give the same document. */
export interface Importer {
  readonly format: ImportFormat
  /** Throws, or rejects with, AppError `unprocessable` or `too-large`, with one line for the person who brought the file. */
  read(bytes: Uint8Array, hints: ImportHints): SourceDocument | Promise<SourceDocument>
}
