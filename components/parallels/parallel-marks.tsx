import { Suspense, startTransition, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { listParallelMarks } from '#components/client/parallel-api.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import { useGapPlace } from '#components/reader/orphan-marks.tsx'
import { useReader } from '#components/reader/reader-context.ts'
import { olderEdition } from '#components/reader/reader-data.ts'
import type { PageBlock } from '#components/reader/text-ranges.ts'
import { lazyPart } from '#components/ui/lazy-part.ts'
import type { ParallelMarks as Marks, Parallel } from '#domain/wire/parallel.ts'
import styles from './parallel-marks.module.css'

const DisputeBoth = lazyPart(async () => (await import('./dispute-both.tsx')).DisputeBoth)
const ParallelView = lazyPart(async () => (await import('./parallel-view.tsx')).ParallelView)

/** Where words of the text stand elsewhere too, with the title of the document that they stand in. */
interface PlacedParallel {
  readonly id: string
  readonly start: number
  readonly title: string
}

/** Quiet marks beside the lines whose words stand elsewhere too, each with the way to both texts. */
export function ParallelMarks() {
  const { data, getBlocks } = useReader()
  const [parallels, setParallels] = useState<readonly PlacedParallel[]>([])
  const [opened, setOpened] = useState<readonly PlacedParallel[]>([])
  const [disputed, setDisputed] = useState<Parallel | null>(null)
  const isCurrent = olderEdition(data.document) === null
  useEffect(() => {
    if (!isCurrent) return
    const stop = new AbortController()
    const { id } = data.document
    // They are an addition to the text: without them, for whatever reason, it is read all the same.
    listParallelMarks(id, data.section, stop.signal).then(
      (marks) => startTransition(() => setParallels(toPlaced(id, marks))),
      () => {},
    )
    return () => stop.abort()
  }, [data, isCurrent])
  const byBlock = useMemo(() => groupByBlock(parallels, getBlocks()), [parallels, getBlocks])
  const forget = (id: string) => {
    setParallels((known) => known.filter((each) => each.id !== id))
    setOpened([])
  }
  return (
    <>
      {[...byBlock].map(([block, group]) =>
        block.gutter
          ? createPortal(
              <Mark parallels={group} block={block} onOpen={() => setOpened(group)} />,
              block.gutter,
              `parallels ${block.index}`,
            )
          : null,
      )}
      {opened.length > 0 && (
        <Suspense>
          <ParallelView
            ids={[...new Set(opened.map(({ id }) => id))]}
            onClose={() => setOpened([])}
            onDismissed={forget}
            onDispute={setDisputed}
          />
        </Suspense>
      )}
      {disputed && (
        <Suspense>
          <DisputeBoth parallel={disputed} onClose={() => setDisputed(null)} />
        </Suspense>
      )}
    </>
  )
}

function toPlaced(documentId: string, { marks, documents }: Marks): PlacedParallel[] {
  const titles = new Map(documents.map(({ id, title }) => [id, title]))
  return marks.map(({ id, start, documentId: otherId }) => ({
    id,
    start,
    title: otherId === documentId ? 'this text, elsewhere' : (titles.get(otherId) ?? ''),
  }))
}

function groupByBlock(parallels: readonly PlacedParallel[], blocks: readonly PageBlock[]) {
  const groups = new Map<PageBlock, PlacedParallel[]>()
  for (const parallel of parallels) {
    const block = blockAt(blocks, parallel.start)
    if (!block) continue
    const group = groups.get(block)
    if (group) group.push(parallel)
    else groups.set(block, [parallel])
  }
  return groups
}

interface MarkProps {
  readonly parallels: readonly PlacedParallel[]
  readonly block: PageBlock
  readonly onOpen: () => void
}

function Mark({ parallels, block, onOpen }: MarkProps) {
  const place = useGapPlace(parallels[0]?.start ?? block.start, block)
  const words = `also in ${[...new Set(parallels.map(({ title }) => title))].join('; ')}`
  return (
    <button
      type="button"
      className={styles.mark}
      style={{ top: place?.top ?? 0 }}
      data-beside={place?.isBeside || undefined}
      aria-label={`These words are ${words}`}
      aria-haspopup="dialog"
      title={words}
      onClick={onOpen}
    >
      <span aria-hidden="true">∥{parallels.length > 1 && parallels.length}</span>
    </button>
  )
}
