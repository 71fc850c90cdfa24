import { AppError } from '#domain/app-error.ts'
import { buildEdition } from '#domain/text/build-edition.ts'
import { citeWorks } from '#domain/text/citations/cite-works.ts'
import type { CitedWork, EditionText, SourceDocument } from '#domain/text/edition-text.ts'
import { type Repair, type RepairKind, recordRepairs, toRepairSwitches } from '#domain/text/repairs.ts'
import { MAX_FILE_BYTES } from './decode-text.ts'
import { toLanguage, toTitle } from './describe-source.ts'
import type { ImportFormat, ImportHints } from './importer.ts'
import { detectFormat, IMPORTERS } from './importers.ts'
import { rejoinParagraphs } from './rejoin-paragraphs.ts'

/** A paragraph longer than this cannot be cited, annotated or shown in a page. */
const MAX_BLOCK_CHARACTERS = 1_000_000

export interface ImportRequest {
  readonly bytes: Uint8Array
  /** What the person said it is; without it the format is found out. */
  readonly format?: ImportFormat
  readonly fileName?: string
  readonly contentType?: string
  /** Which repairs to make; all when left out. */
  readonly repairs?: readonly RepairKind[]
  /** What the person said about the work; it goes before what the file says. */
  readonly overrides?: {
    readonly title?: string
    readonly authors?: readonly string[]
    readonly language?: string
  }
}

export interface ImportedSource {
  readonly format: ImportFormat
  readonly source: SourceDocument
  readonly edition: EditionText
  /** What was repaired, one record for each kind of repair. */
  readonly repairs: readonly Repair[]
  /** The works that it cites. */
  readonly works: readonly CitedWork[]
}

/** How far an import is. */
export type ImportStage = 'reading' | 'placing' | 'done'

/**
 * Makes an edition of a file: pure computation, nothing is stored. `onStage` hears `reading` again, with the share that is
 * done, from formats that take long. Rejects with AppError `too-large`, `unsupported-format`,
 * or `unprocessable` (empty, no text, nested too deeply), each with one line for people.
 */
export async function importSource(
  request: ImportRequest,
  onStage: (stage: ImportStage, share?: number) => void = () => {},
): Promise<ImportedSource> {
  const { bytes, fileName, overrides = {} } = request
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('too-large', 'This file is larger than 50 MB.')
  const format = request.format ?? detectFormat(request)
  onStage('reading')
  const onProgress = (share: number) => onStage('reading', share)
  const switches = toRepairSwitches(request.repairs)
  const read = await readSource(format, bytes, { fileName, switches, onProgress })
  onStage('placing')
  const built = buildEdition(rejoinParagraphs(read.blocks, switches))
  if (built.blocks.length === 0) throw new AppError('unprocessable', 'No text was found in this file.')
  if (built.blocks.some(({ text }) => text.length > MAX_BLOCK_CHARACTERS))
    throw new AppError('unprocessable', 'This file has a paragraph of more than a million characters.')
  const { edition, works } = citeWorks(built)
  const source: SourceDocument = {
    ...read,
    title: toTitle(overrides.title) ?? read.title,
    authors: overrides.authors ?? read.authors,
    language: toLanguage(overrides.language) ?? read.language,
  }
  onStage('done')
  const repairs = recordRepairs(switches, read.linesJoined ?? 0, edition.repairs)
  return { format, source, edition, repairs, works }
}

async function readSource(
  format: ImportFormat,
  bytes: Uint8Array,
  hints: ImportHints,
): Promise<SourceDocument> {
  try {
    const importer = await IMPORTERS[format]()
    return await importer.read(bytes, hints)
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError('unprocessable', 'This file is nested too deeply to be read.')
    throw error
  }
}
