import { Suspense, startTransition, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { listParallels } from '#components/client/parallel-api.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import { useGapPlace } from '#components/reader/orphan-marks.tsx'
import { useReader } from '#components/reader/reader-context.ts'
import { olderEdition } from '#components/reader/reader-data.ts'
import type { PageBlock } from '#components/reader/text-ranges.ts'
import { lazyPart } from '#components/ui/lazy-part.ts'
import type { Parallel } from '#domain/wire/parallel.ts'
import styles from './parallel-marks.module.css'

const DisputeBoth = lazyPart(async () => (await import('./dispute-both.tsx')).DisputeBoth)
const ParallelView = lazyPart(async () => (await import('./parallel-view.tsx')).ParallelView)

/** Quiet marks beside the lines whose words stand elsewhere too, each with the way to both texts. */
export function ParallelMarks() {
  const { data, getBlocks } = useReader()
  const [parallels, setParallels] = useState<readonly Parallel[]>([])
  const [opened, setOpened] = useState<readonly Parallel[]>([])
  const [disputed, setDisputed] = useState<Parallel | null>(null)
  const isCurrent = olderEdition(data.document) === null
  useEffect(() => {
    if (!isCurrent) return
    const stop = new AbortController()
    // They are an addition to the text: without them, for whatever reason, it is read all the same.
    listParallels(data.document.id, data.section, stop.signal).then(
      ({ items }) => startTransition(() => setParallels(items)),
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
            parallels={opened}
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

function groupByBlock(parallels: readonly Parallel[], blocks: readonly PageBlock[]) {
  const groups = new Map<PageBlock, Parallel[]>()
  for (const parallel of parallels) {
    const block = blockAt(blocks, parallel.here.start)
    if (block) groups.set(block, [...(groups.get(block) ?? []), parallel])
  }
  return groups
}

interface MarkProps {
  readonly parallels: readonly Parallel[]
  readonly block: PageBlock
  readonly onOpen: () => void
}

function Mark({ parallels, block, onOpen }: MarkProps) {
  const place = useGapPlace(parallels[0]?.here.start ?? block.start, block)
  const titles = [
    ...new Set(
      parallels.map(({ here, there }) =>
        here.documentId === there.documentId ? 'this text, further on' : there.document.title,
      ),
    ),
  ]
  const words = `also in ${titles.join('; ')}`
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
