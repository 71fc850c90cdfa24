/** Threads without their passages, replies and history: what a list of passages says of the notes they belong to. */
import { threadKind, threadState } from '#domain/wire/thread.ts'
import { findBlindness } from './blind-layers.ts'
import type { Tx } from './database.ts'
import { layerFactsSelect, toLayerSubject } from './subjects.ts'
import type { ThreadRecord } from './threads.ts'

/** What the policy asks about a thread, and whose words it begins with. */
export interface ThreadHead
  extends Pick<
    ThreadRecord,
    | 'id'
    | 'kind'
    | 'documentId'
    | 'layerId'
    | 'state'
    | 'hidden'
    | 'locked'
    | 'coWritten'
    | 'author'
    | 'byInstructor'
    | 'seenBy'
    | 'layer'
  > {
  readonly noteText: string
}

/** The heads of threads, by their ids. What does not exist is left out. */
export async function loadThreadHeads(tx: Tx, ids: Iterable<string>): Promise<Map<string, ThreadHead>> {
  const wanted = [...new Set(ids)]
  const rows = await tx.thread.findMany({
    where: { id: { in: wanted } },
    select: {
      id: true,
      kind: true,
      documentId: true,
      layerId: true,
      state: true,
      hidden: true,
      locked: true,
      coWritten: true,
      author: { select: { id: true, name: true } },
      layer: { select: layerFactsSelect },
      // A note whose id is the thread's is the one it opens with.
      notes: { where: { id: { in: wanted } }, select: { text: true } },
    },
  })
  const threads = rows.map(({ notes, ...row }) => ({
    ...row,
    kind: threadKind.parse(row.kind),
    state: threadState.parse(row.state),
    layer: toLayerSubject(row.layer),
    noteText: notes[0]?.text ?? '',
  }))
  const blindness = await findBlindness(tx, threads)
  return new Map(
    threads.map((thread) => {
      const byInstructor = blindness.isInstructor(thread, thread.author.id)
      return [thread.id, { ...thread, byInstructor, seenBy: blindness.seenBy(thread) }]
    }),
  )
}
