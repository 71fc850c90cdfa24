/** Disputes as files. */
import { disputesToAnnotations } from '#domain/disputes/to-annotations.ts'
import { disputesToArgdown } from '#domain/disputes/to-argdown.ts'
import { disputesToCsv } from '#domain/disputes/to-csv.ts'
import { disputesToMarkdown } from '#domain/disputes/to-markdown.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { DisputeFilter, ExportFormat } from '#domain/wire/dispute-requests.ts'
import type { DisputePosition } from '../db/dispute-pages.ts'
import type { ServiceContext } from './context.ts'
import type { DisputeFile } from './contracts/disputes.ts'
import { findPage } from './dispute-register.ts'
import { getDispute } from './present-dispute.ts'

/** Disputes read at a time. */
const pageSize = 50

const formats: Readonly<
  Record<
    ExportFormat,
    {
      readonly extension: string
      readonly contentType: string
      readonly write: (disputes: readonly Dispute[], publicUrl: string) => string
    }
  >
> = {
  md: { extension: 'md', contentType: 'text/markdown; charset=utf-8', write: disputesToMarkdown },
  csv: { extension: 'csv', contentType: 'text/csv; charset=utf-8', write: disputesToCsv },
  argdown: { extension: 'argdown', contentType: 'text/plain; charset=utf-8', write: disputesToArgdown },
  jsonld: {
    extension: 'jsonld',
    contentType: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    write: (disputes, publicUrl) => JSON.stringify(disputesToAnnotations(disputes, publicUrl), null, 2),
  },
}

/** One dispute, by its id, or all of the register that a filter keeps, as the actor sees them. */
export async function exportedDisputes(
  context: ServiceContext,
  actor: Actor,
  which: string | DisputeFilter,
): Promise<Dispute[]> {
  if (typeof which === 'string') return [await getDispute(context, actor, which)]
  const disputes: Dispute[] = []
  let after: DisputePosition | null = null
  do {
    const { ids, next } = await findPage(context, actor, which, after, pageSize)
    for (const id of ids) disputes.push(await getDispute(context, actor, id))
    after = next
  } while (after !== null)
  return disputes
}

/** The same as a file. */
export async function exportDisputes(
  context: ServiceContext,
  actor: Actor,
  which: string | DisputeFilter,
  format: ExportFormat,
): Promise<DisputeFile> {
  const { extension, contentType, write } = formats[format]
  const disputes = await exportedDisputes(context, actor, which)
  const name = typeof which === 'string' ? `dispute-${which}` : 'disputes'
  return { fileName: `${name}.${extension}`, contentType, content: write(disputes, context.publicUrl()) }
}
