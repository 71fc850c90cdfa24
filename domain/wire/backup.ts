/** What is said of backups. */
import { z } from 'zod'
import { instant } from './shared.ts'

/** The header that bears the secret of the setup link, where the body is a file. */
export const setupHeader = 'postil-setup'

/** What a restore brought back. */
export const restored = z.object({
  /** As of when the backup is. */
  madeAt: instant,
  /** Of all tables. */
  rows: z.number(),
})

export type Restored = z.infer<typeof restored>
