'use client'

import { useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { showToast } from '#components/ui/toast-list.ts'
import { fetchGroup, setReadings } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import { moveReading } from './move-reading.ts'
import type { Reading } from './reading-row.tsx'

/** The reading list of a group and how it is changed: shown at once, taken back when the server refuses. */
export function useReadings({ group, onGroup }: GroupPart) {
  /** What is shown while the server has not answered. */
  const [wanted, setWanted] = useState<readonly Reading[] | null>(null)
  const [news, setNews] = useState('')
  const latest = useRef(group)
  latest.current = group
  const underWay = useRef(false)
  const list = wanted ?? group.readings

  /** Whether the list is now as `next` says. One change at a time. */
  async function change(next: readonly Reading[]): Promise<boolean> {
    if (underWay.current) return false
    underWay.current = true
    setWanted(next)
    try {
      onGroup(
        await setReadings(
          latest.current,
          next.map(({ documentId }) => documentId),
        ),
      )
      return true
    } catch (error) {
      showToast({ face: 'failed', text: error instanceof ApiError ? error.message : 'It did not work.' })
      if (error instanceof ApiError && error.code === 'stale') onGroup(await fetchGroup(group.id))
      return false
    } finally {
      underWay.current = false
      setWanted(null)
    }
  }

  return {
    list,
    /** The last change in words, for those who do not see it. */
    news,
    async move(reading: Reading, by: -1 | 1) {
      const from = list.indexOf(reading)
      if (!(await change(moveReading(list, from, from + by)))) return
      setNews(`“${reading.title}” is number ${from + by + 1} of ${list.length} now.`)
    },
    async remove(reading: Reading) {
      const at = list.indexOf(reading)
      if (!(await change(list.filter((other) => other !== reading)))) return
      showToast({
        text: `“${reading.title}” is off the list.`,
        action: {
          label: 'Undo',
          run: () => void change(latest.current.readings.toSpliced(at, 0, reading)),
        },
      })
    },
    async add(reading: Reading) {
      if (await change([...list, reading])) setNews(`“${reading.title}” is on the list now.`)
    },
  }
}
