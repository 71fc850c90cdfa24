import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { operator } from '#domain/policy/actor.ts'
import { defineCommand } from '../command.ts'

/** `edition add`: a file as a new edition of a document, in preview unless it is to be published at once. */
export const editionAdd = defineCommand({
  input: z.strictObject({
    document: z.string(),
    /** Absolute path. */
    file: z.string(),
    publish: z.boolean().default(false),
  }),
  async run({ services: { documents, editions }, onProgress }, { document, file, publish }) {
    const fileName = path.basename(file)
    const { id, slug } = await documents.get(operator, document)
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new AppError('not-found', `${file}: cannot be read (${error.code})`)
    })
    const source = { bytes, fileName, onProgress: (done: number) => onProgress(done, fileName) }
    const { edition } = await editions.preview(operator, id, source)
    if (publish) await editions.publish(operator, id, edition.number)
    return { id: edition.id, slug, number: edition.number, blocks: edition.blocks, published: publish }
  },
  describe: ({ slug, number, blocks, published }) =>
    `Edition ${number} of ${slug} (${blocks} blocks), ${published ? 'published' : 'in preview'}`,
})
