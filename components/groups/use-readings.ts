'use client'

import { useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { showToast } from '#components/ui/toast-list.ts'
import { fetchGroup, setReadings } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import { moveReading } from './move-reading.ts'
import type { Reading } from './reading-row.tsx'

type List = readonly Reading[]
/** A change of the list as it is when the change's turn comes. */
type Edit = (list: List) => List

/** The reading list of a group and how it is changed: shown at once, taken back when the server refuses. */
export function useReadings({ group, onGroup }: GroupPart) {
  /** What the server has not answered yet, the oldest first. */
  const [edits, setEdits] = useState<readonly Edit[]>([])
  const [news, setNews] = useState('')
  const latest = useRef(group)
  latest.current = group
  const turn = useRef<Promise<unknown>>(Promise.resolve())
  const list = edits.reduce<List>((before, edit) => edit(before), group.readings)

  /** Each change waits for those before it, since it names the version that they made. False when it was refused. */
  function change(edit: Edit): Promise<boolean> {
    setEdits((before) => [...before, edit])
    const outcome = turn.current.then(() => send(edit))
    turn.current = outcome
    return outcome
  }

  async function send(edit: Edit): Promise<boolean> {
    try {
      const ids = edit(latest.current.readings).map(({ documentId }) => documentId)
      keep(await setReadings(latest.current, ids))
      return true
    } catch (error) {
      showToast({ face: 'failed', text: error instanceof ApiError ? error.message : 'It did not work.' })
      if (error instanceof ApiError && error.code === 'stale') await lookAgain()
      return false
    } finally {
      setEdits((before) => before.filter((other) => other !== edit))
    }
  }

  /** What somebody else changed; without an answer the page stays as it is. */
  const lookAgain = () => fetchGroup(group.id).then(keep, () => undefined)

  function keep(next: GroupPart['group']): void {
    latest.current = next
    onGroup(next)
  }

  const without = (before: List, { documentId }: Reading) =>
    before.filter((other) => other.documentId !== documentId)
  const placeOf = (before: List, { documentId }: Reading) =>
    before.findIndex((other) => other.documentId === documentId)

  return {
    list,
    /** The last change in words, for those who do not see it. */
    news,
    async move(reading: Reading, by: -1 | 1) {
      const isMoved = await change((before) => {
        const from = placeOf(before, reading)
        return moveReading(before, from, from + by)
      })
      const { readings } = latest.current
      const place = placeOf(readings, reading) + 1
      if (isMoved) setNews(`“${reading.title}” is number ${place} of ${readings.length} now.`)
    },
    async remove(reading: Reading) {
      const at = placeOf(list, reading)
      if (!(await change((before) => without(before, reading)))) return
      const putBack: Edit = (before) => without(before, reading).toSpliced(at, 0, reading)
      showToast({
        text: `“${reading.title}” is off the list.`,
        action: { label: 'Undo', run: () => void change(putBack) },
      })
    },
    async add(reading: Reading) {
      if (await change((before) => [...without(before, reading), reading]))
        setNews(`“${reading.title}” is on the list now.`)
    },
  }
}
