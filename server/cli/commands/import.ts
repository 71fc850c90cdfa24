import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { operator } from '#domain/policy/actor.ts'
import { describeRepairs } from '#domain/text/describe-repairs.ts'
import { repairKind, visibility } from '#domain/wire/document.ts'
import { defineCommand } from '../command.ts'

/** `import`: files into the corpus, one after another; the first that fails ends it, and what came before stays. */
export const importFiles = defineCommand({
  input: z.strictObject({
    /** Absolute paths of files. */
    files: z.array(z.string()).min(1),
    title: z.string().optional(),
    group: z.string().optional(),
    visibility: visibility.optional(),
    repairs: z.array(repairKind).optional(),
  }),
  async run({ services, onProgress }, { files, title, group: slug, visibility, repairs }) {
    const groups = slug ? [(await services.groups.get(operator, slug)).id] : []
    const documents = []
    for (const [index, file] of files.entries()) {
      const fileName = path.basename(file)
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new AppError('not-found', `${file}: cannot be read (${error.code})`)
      })
      const document = await services.documents
        .importDocument(operator, {
          bytes,
          fileName,
          repairs,
          properties: { title, groups, visibility: visibility ?? (slug ? 'group' : 'signed-in') },
          onProgress: (done) => onProgress((index + done) / files.length, fileName),
        })
        .catch((error: unknown) => {
          throw error instanceof AppError
            ? new AppError(error.code, `${file}: ${error.message}`, error.details)
            : error
        })
      documents.push({
        id: document.id,
        slug: document.slug,
        title: document.title,
        blocks: document.edition.blocks,
        notices: document.notices,
        repairs: document.repairs,
      })
    }
    return { documents }
  },
  describe: ({ documents }) =>
    documents
      .flatMap(({ title, slug, blocks, notices, repairs }) => {
        const repaired = describeRepairs(repairs)
        const about = [...(repaired ? [repaired] : []), ...notices].map((line) => `  ${line}`)
        return [`${title} (/read/${slug}, ${blocks} blocks)`, ...about]
      })
      .join('\n'),
})
