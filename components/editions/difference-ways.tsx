'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { areKeysOn, isTyping } from '#components/reader/single-keys.ts'
import { Button } from '#components/ui/button.tsx'
import styles from './comparison.module.css'

/** The way from difference to difference, by buttons and by the keys n and p. */
export function DifferenceWays({ count }: { readonly count: number }) {
  const [at, setAt] = useState<number | null>(null)
  const latest = useRef(at)
  const go = useCallback((by: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-difference]')]
    // Whoever has moved on by themselves goes on from there.
    const focused = rows.findIndex((row) => row.contains(document.activeElement))
    const from = focused >= 0 ? focused : (latest.current ?? (by === 1 ? -1 : rows.length))
    const next = Math.min(rows.length - 1, Math.max(0, from + by))
    const row = rows[next]
    if (!row) return
    latest.current = next
    setAt(next)
    row.scrollIntoView({ block: 'center', behavior: 'instant' })
    row.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || !areKeysOn()) return
      if (event.key === 'n') go(1)
      else if (event.key === 'p') go(-1)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [go])
  if (count === 0) return null
  return (
    <div className={styles.differences} data-needs-script>
      <p role="status">
        {at === null
          ? count === 1
            ? '1 difference in this part'
            : `${count} differences in this part`
          : `Difference ${at + 1} of ${count}`}
      </p>
      <Button onClick={() => go(-1)}>
        Previous difference <kbd>p</kbd>
      </Button>
      <Button onClick={() => go(1)}>
        Next difference <kbd>n</kbd>
      </Button>
    </div>
  )
}
