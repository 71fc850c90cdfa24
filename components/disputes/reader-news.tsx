import { useEffect } from 'react'
import { useThreads } from '#components/reader/reader-context.ts'
import styles from './news-mark.module.css'
import { useNewsCount } from './news-mark.tsx'
import { newsMayHaveChanged } from './news-pulse.ts'

/** In the reader: the way to what is new in the disputes that somebody follows, while there is something. */
export function ReaderNews() {
  const { all } = useThreads()
  const count = useNewsCount(0)
  const versions = all.reduce((sum, { thread }) => sum + (thread.dispute?.version ?? 0), 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a dispute of this text that has changed may be news
  useEffect(newsMayHaveChanged, [versions])
  if (count === 0) return null
  return (
    <a className={styles.way} href="/disputes" aria-label={`${count} new in disputes that you follow`}>
      <span aria-hidden="true">⇄</span> <span className={styles.mark}>{count}</span>
    </a>
  )
}
