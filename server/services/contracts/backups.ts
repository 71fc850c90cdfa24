import type { Actor } from '#domain/policy/actor.ts'
import type { Restored } from '#domain/wire/backup.ts'
import type { MadeBackup } from '../../backup/make-file.ts'

/** Everything on the server in one file. For administrators. */
export interface BackupService {
  /**
   * Makes `file`, an absolute path where nothing is yet, as of one moment while people write; resolves once it was
   * read again and found whole. One at a time.
   */
  make(actor: Actor, file: string, onProgress: ProgressListener): Promise<MadeBackup>
  /** The same to be sent away: `stream` must be read or cancelled. */
  download(actor: Actor): Promise<{ stream: ReadableStream<Uint8Array>; bytes: number; fileName: string }>
  /** Restores `file` into this server, which must be empty and not serving. All or nothing. */
  restore(actor: Actor, file: string, onProgress: ProgressListener): Promise<Restored>
  /**
   * Restores what somebody sends who has the secret of the setup link, into this server, which must be empty and may
   * be serving. All or nothing; the link holds until it has succeeded.
   */
  restoreBySetup(secret: string, content: ReadableStream<Uint8Array>): Promise<Restored>
  /** Hears that this server was given a backup while it serves, before whoever sent it does. */
  onRestored(listener: () => Promise<void>): void
}

/** Hears the share that is done, 0 to 1, and what is being done. */
export type ProgressListener = (done: number, label: string) => void
