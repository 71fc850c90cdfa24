import { cache } from 'react'
import type { Actor } from '#domain/policy/actor.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { services } from '#server/accessor.ts'

/** Every thread of a layer over a document that the actor reads, in the order of the text. Asked for once a request. */
export const readCommentary = cache(async (actor: Actor, layerId: string, slug: string) => {
  const { documents, layers, threads } = services()
  const layer = await layers.get(actor, layerId)
  const work = await documents.get(actor, slug)
  const all: ThreadWithReplies[] = []
  let cursor: string | undefined
  do {
    const page = await threads.list(actor, work.id, { layer: layerId, limit: 200, cursor })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const isSaid = ({ state, note }: ThreadWithReplies) =>
    state === 'posted' && note !== null && note.text !== ''
  return { layer, work, threads: all.filter(isSaid) }
})
