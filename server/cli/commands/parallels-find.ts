import { z } from 'zod'
import { defineCommand } from '../command.ts'

/** `parallels find`: brings the parallels of the whole corpus up to date, or looks for all of them again. */
export const parallelsFind = defineCommand({
  input: z.strictObject({ again: z.boolean().default(false) }),
  async run({ services: { parallels }, onProgress }, { again }) {
    const texts = await parallels.update({
      again,
      onProgress: (done) => onProgress(done, 'Finding parallels'),
    })
    return { texts }
  },
  describe: ({ texts }) =>
    texts === 0
      ? 'Nothing has changed'
      : `Looked for the parallels of ${texts} ${texts === 1 ? 'text' : 'texts'}`,
})
