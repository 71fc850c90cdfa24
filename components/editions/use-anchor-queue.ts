'use client'

import { useCallback, useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { decideAnchor, type EditionPlace, listAnchors, readAnchor } from '#components/client/edition-api.ts'
import type { AnchorCounts, AnchorDecision, AnchorList, AnchorRow } from '#domain/wire/edition.ts'
import {
  decided,
  deciding,
  nextOpen,
  openQueue,
  type QueueState,
  reopen,
  step,
  undecided,
  withPage,
} from './queue-state.ts'
import { type ShownAnchors, toAnchorQuery } from './shown-anchors.ts'

export interface QueueOptions {
  readonly edition: EditionPlace
  readonly shown: ShownAnchors
  readonly first: AnchorList
  readonly counts: AnchorCounts
}

/** How loading more went. */
export type MorePhase = 'ready' | 'loading' | 'failed'

export type AnchorQueueHandle = ReturnType<typeof useAnchorQueue>

/** The queue and what can be done in it. Each decision names the version that was looked at: none overwrites another. */
export function useAnchorQueue({ edition, shown, first, counts }: QueueOptions) {
  const [state, setState] = useState<QueueState>(() => openQueue(first, counts))
  const [more, setMore] = useState<MorePhase>('ready')
  const latest = useRef(state)
  const change = useCallback((next: (before: QueueState) => QueueState) => {
    latest.current = next(latest.current)
    setState(latest.current)
  }, [])

  const decide = async (row: AnchorRow, decision: AnchorDecision) => {
    if (latest.current.busy.has(row.id)) return
    change((before) => deciding(before, row.id))
    try {
      const answer = await decideAnchor(row.id, decision, row.version)
      change((before) => {
        const after = decided(before, answer)
        return after.currentId === row.id ? { ...after, currentId: nextOpen(after) } : after
      })
    } catch (error) {
      const message = error instanceof ApiError ? error.message : 'Something went wrong here.'
      if (!(error instanceof ApiError && error.code === 'stale')) {
        change((before) => undecided(before, row.id, message))
        return
      }
      await lookAgain(row.id, message)
    }
  }

  const lookAgain = async (id: string, message: string) => {
    try {
      const row = await readAnchor(id)
      change((before) => decided(before, row, { kind: 'overtaken' }))
    } catch {
      change((before) => undecided(before, id, message))
    }
  }

  const showMore = async () => {
    const cursor = latest.current.next
    if (cursor === null || more === 'loading') return
    setMore('loading')
    try {
      const page = await listAnchors(edition, { ...toAnchorQuery(shown), cursor })
      change((before) => withPage(before, page))
      setMore('ready')
    } catch {
      setMore('failed')
    }
  }

  return {
    state,
    more,
    decide,
    showMore,
    go: (by: 1 | -1) => change((before) => step(before, by)),
    makeCurrent: (id: string) => change((before) => ({ ...before, currentId: id })),
    reopen: (id: string) => change((before) => reopen(before, id)),
  }
}
