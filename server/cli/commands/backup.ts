import { z } from 'zod'
import { operator } from '#domain/policy/actor.ts'
import { defineCommand } from '../command.ts'

/** `backup`: everything on this server into one new file, while people write. */
export const backup = defineCommand({
  input: z.strictObject({
    /** Absolute path. */
    file: z.string(),
  }),
  run: ({ services, onProgress }, { file }) => services.backups.make(operator, file, onProgress),
  describe: ({ file, rows, bytes }) => `${file}: ${rows} rows, ${bytes} bytes, read again and whole.`,
})
