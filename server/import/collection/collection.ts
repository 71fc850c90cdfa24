/**
 * A collection is a folder or a ZIP whose files are brought in together, so that the links between them become links
 * between documents. Its shape here, and what of it counts as a file to read.
 */
import type { ImportedSource } from '../import-source.ts'

/** Where a collection comes from: the bytes of a ZIP, or the absolute path of a folder on the server's own machine. */
export type CollectionSource = { readonly archive: Uint8Array } | { readonly folder: string }

/** A file that was read, with the id that its document shall have: links of the other files name it. */
export interface CollectedFile {
  /** Its path in the collection. */
  readonly path: string
  readonly documentId: string
  readonly bytes: Uint8Array
  readonly imported: ImportedSource
}

/** A file that was not brought in, and why, in one line. */
export interface RefusedFile {
  readonly path: string
  readonly reason: string
}

/** More files than these are no collection that a person put together to be read. */
export const mostFiles = 2_000
/** All files of a collection together, unpacked. */
export const mostCollectionBytes = 128 * 1024 * 1024

/** Files that programs leave in folders and nobody means: they are passed over in silence. */
export function isLitter(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db')
}
