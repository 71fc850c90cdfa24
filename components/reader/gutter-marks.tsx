import { memo, useMemo } from 'react'
import { createPortal } from 'react-dom'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useStore } from '#components/client/value-store.ts'
import { countInWords } from '#components/margin/kind-words.ts'
import { isUnread } from '#components/margin/unread.ts'
import { blocksInRange } from './block-spans.ts'
import styles from './gutter-marks.module.css'
import { useReader, useThreads } from './reader-context.ts'
import type { PageBlock } from './text-ranges.ts'

/** One mark beside each annotated paragraph: how many notes of which kind, and the way to them. */
export function GutterMarks() {
  const { getBlocks } = useReader()
  const { shown } = useThreads()
  const marks = useMemo(() => groupByBlock(shown, getBlocks()), [shown, getBlocks])
  return [...marks].map(([block, threads]) =>
    block.gutter ? createPortal(<Mark threads={threads} />, block.gutter, String(block.index)) : null,
  )
}

function groupByBlock(threads: readonly PlacedThread[], blocks: readonly PageBlock[]) {
  const marks = new Map<PageBlock, PlacedThread[]>()
  for (const placed of threads) {
    const standing = placed.ranges.filter(({ state }) => state !== 'orphaned')
    const touched = new Set(standing.flatMap((range) => blocksInRange(blocks, range)))
    for (const block of touched) marks.set(block, [...(marks.get(block) ?? []), placed])
  }
  return marks
}

const Mark = memo(
  function Mark({ threads }: { readonly threads: readonly PlacedThread[] }) {
    const { data, view, actions } = useReader()
    const activeAt = useStore(view, ({ activeId }) =>
      threads.findIndex(({ thread }) => thread.id === activeId),
    )
    const seen = useStore(view, (state) => state.seen)
    const reading = { meId: data.me?.id ?? null, since: data.unreadSince, seen }
    const unread = threads.filter(({ thread }) => isUnread(thread, reading)).length
    const colors = new Set(
      threads.map(({ rooms }) => data.rooms.find(({ name }) => name === rooms[0])?.color ?? 1),
    )
    const hasQuestion = threads.some(({ thread }) => thread.kind === 'question')
    const hasDispute = threads.some(({ thread }) => thread.kind === 'dispute')
    const openNext = (focuses: boolean) => {
      const next = threads[(activeAt + 1) % threads.length]
      if (next) actions.open(next, { focuses })
    }
    return (
      <button
        type="button"
        className={styles.mark}
        data-notes-mark
        aria-label={`${countInWords(threads)}${unread > 0 ? `, ${unread} unread` : ''}`}
        aria-expanded={activeAt >= 0}
        data-unread={unread > 0 || undefined}
        // A click by key has no pointer detail: who comes by key wants to go into the card.
        onClick={(event) => openNext(event.detail === 0)}
      >
        <span className={styles.dots} aria-hidden="true">
          {[...colors].map((color) => (
            <i key={color} style={{ background: `var(--layer-${color})` }} />
          ))}
        </span>
        <span aria-hidden="true">
          {threads.length}
          {hasQuestion && '?'}
          {hasDispute && '⇄'}
        </span>
      </button>
    )
  },
  (before, after) =>
    before.threads.length === after.threads.length &&
    before.threads.every((placed, at) => placed.thread === after.threads[at]?.thread),
)
