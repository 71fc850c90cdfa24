'use client'

import { useEffect, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import { countNews } from './dispute-api.ts'
import styles from './news-mark.module.css'
import { onNewsPulse } from './news-pulse.ts'

/** How often a page that is looked at asks by itself. */
const askEveryMs = 20_000

/**
 * How much is new in the disputes that somebody follows, beside the way to them; nothing where nothing is. Where the
 * page hears of disputes it asks at once, else every now and then while it is looked at.
 */
export function NewsMark({ count: atFirst }: { readonly count: number }) {
  const count = useNewsCount(atFirst)
  if (count === 0) return null
  return (
    <span className={styles.mark} title={`${count} new in what you follow`}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <VisuallyHidden>{count} new in what you follow</VisuallyHidden>
    </span>
  )
}

/** The count, kept up. */
export function useNewsCount(atFirst: number): number {
  const [count, setCount] = useState(atFirst)
  useEffect(() => setCount(atFirst), [atFirst])
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined
    const stop = () => clearInterval(timer)
    const ask = () =>
      void countNews().then(setCount, (error: unknown) => {
        // Whoever is signed out elsewhere has no news; anything else passes.
        if (error instanceof ApiError && error.status === 401) stop()
      })
    const begin = () => {
      stop()
      if (document.visibilityState !== 'visible') return
      timer = setInterval(ask, askEveryMs)
    }
    const look = () => {
      if (document.visibilityState === 'visible') ask()
      begin()
    }
    begin()
    document.addEventListener('visibilitychange', look)
    const end = onNewsPulse(ask)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', look)
      end()
    }
  }, [])
  return count
}
