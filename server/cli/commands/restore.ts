import { z } from 'zod'
import { operator } from '#domain/policy/actor.ts'
import { defineCommand } from '../command.ts'

/** `restore`: a backup into this server, which must be empty and stopped. */
export const restore = defineCommand({
  needsStoppedServer: true,
  input: z.strictObject({
    /** Absolute path. */
    file: z.string(),
  }),
  run: ({ services, onProgress }, { file }) => services.backups.restore(operator, file, onProgress),
  describe: ({ rows, madeAt }) =>
    `Restored ${rows} rows as they were at ${madeAt}. Everybody signs in again; passwords and API tokens hold.`,
})
