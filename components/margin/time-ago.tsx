'use client'

import { useSyncExternalStore } from 'react'
import { exactTime, relativeTime } from './relative-time.ts'

/** When something was, in few words; the exact instant on demand. Follows the clock by the minute. */
export function TimeAgo({ instant }: { readonly instant: string }) {
  const minute = useSyncExternalStore(everyMinute, currentMinute, () => null)
  const words = minute === null ? instant.slice(0, 10) : relativeTime(instant, minute * 60_000)
  return (
    <time dateTime={instant} title={minute === null ? undefined : exactTime(instant)}>
      {words}
    </time>
  )
}

const currentMinute = () => Math.floor(Date.now() / 60_000)

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, 30_000)
  return () => clearInterval(timer)
}
