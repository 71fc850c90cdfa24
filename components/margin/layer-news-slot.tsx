import { Suspense } from 'react'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { lazyPart } from '#components/ui/lazy-part.ts'

const LayerNews = lazyPart(async () => (await import('./layer-news.tsx')).LayerNews)

/** Loads what there is to say about layers and drafts, where there is anything. */
export function LayerNewsSlot() {
  const { data } = useReader()
  const { all } = useThreads()
  const hasSettings = data.rooms.some(({ covers, opensAt, closesAt }) => covers || opensAt || closesAt)
  const hasDrafts = all.some(({ thread }) => thread.state === 'draft')
  if (!hasSettings && !hasDrafts) return null
  return (
    <Suspense>
      <LayerNews />
    </Suspense>
  )
}
