import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { operator } from '#domain/policy/actor.ts'
import { describeRepairs } from '#domain/text/describe-repairs.ts'
import { type ImportedCollection, repairKind, visibility } from '#domain/wire/document.ts'
import type { CollectionRequest } from '../../services/contracts/documents.ts'
import { type CommandContext, defineCommand } from '../command.ts'

const input = z.strictObject({
  /** Absolute paths of files, folders and ZIPs. */
  paths: z.array(z.string()).min(1),
  title: z.string().optional(),
  group: z.string().optional(),
  visibility: visibility.optional(),
  repairs: z.array(repairKind).optional(),
})

/** What is said of everything that is brought in at once. */
type Common = Pick<CollectionRequest, 'properties' | 'repairs'> & { readonly title?: string }

/**
 * `import`: files, folders and ZIPs into the corpus, one after another; the first file that fails ends it, and what came
 * before stays. What cannot be read of a folder or ZIP is told, and the rest of it comes in.
 */
export const importFiles = defineCommand({
  input,
  async run({ services, onProgress }, { paths, title, group: slug, visibility, repairs }) {
    const groups = slug ? [(await services.groups.get(operator, slug)).id] : []
    const common = {
      title,
      repairs,
      properties: { groups, visibility: visibility ?? (slug ? ('group' as const) : ('signed-in' as const)) },
    }
    const documents = []
    const refused = []
    for (const [index, place] of paths.entries()) {
      const progress = (done: number) => onProgress((index + done) / paths.length, path.basename(place))
      const made = await importPath({ services, onProgress: progress }, place, common).catch(
        (error: unknown) => {
          throw error instanceof AppError
            ? new AppError(error.code, `${place}: ${error.message}`, error.details)
            : error
        },
      )
      documents.push(...made.documents.map(describeDocument))
      refused.push(...made.refused)
    }
    return { documents, refused }
  },
  describe: ({ documents, refused }) =>
    [
      ...documents.flatMap(({ title, slug, blocks, notices, repairs }) => {
        const repaired = describeRepairs(repairs)
        const about = [...(repaired ? [repaired] : []), ...notices].map((line) => `  ${line}`)
        return [`${title} (/read/${slug}, ${blocks} blocks)`, ...about]
      }),
      ...refused.map(({ path, reason }) => `Left out: ${path}: ${reason}`),
    ].join('\n'),
})

interface Importing extends Pick<CommandContext, 'services'> {
  readonly onProgress: (done: number) => void
}

async function importPath(
  { services, onProgress }: Importing,
  place: string,
  { title, ...common }: Common,
): Promise<ImportedCollection> {
  const { documents } = services
  const found = await stat(place).catch(() => null)
  if (!found) throw new AppError('not-found', 'there is no such file')
  if (found.isDirectory())
    return documents.importCollection(operator, { ...common, source: { folder: place }, onProgress })
  const bytes = await readFile(place).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('not-found', `cannot be read (${error.code})`)
  })
  if (/\.zip$/i.test(place))
    return documents.importCollection(operator, { ...common, source: { archive: bytes }, onProgress })
  const properties = { ...common.properties, title }
  const fileName = path.basename(place)
  const made = await documents.importDocument(operator, {
    ...common,
    bytes,
    fileName,
    properties,
    onProgress,
  })
  return { documents: [made], refused: [] }
}

function describeDocument({
  id,
  slug,
  title,
  edition,
  notices,
  repairs,
}: ImportedCollection['documents'][number]) {
  return { id, slug, title, blocks: edition.blocks, notices, repairs }
}
