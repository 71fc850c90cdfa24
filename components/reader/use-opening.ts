import { useEffect, useRef } from 'react'
import { scrollToRange } from './go-to.ts'
import { readAddress } from './read-address.ts'
import { useReader, useThreads } from './reader-context.ts'
import { olderEdition } from './reader-data.ts'

/** Opens the page where its address asks: at a passage, at a thread, or where the person stopped. */
export function useOpening(): void {
  const { data, view, actions, getBlocks } = useReader()
  const { all } = useThreads()
  const isDone = useRef(false)
  useEffect(() => {
    const { target } = data
    if (isDone.current || target.kind === 'none') return
    if (target.kind === 'thread') {
      const placed = all.find(({ thread }) => thread.id === target.threadId)
      if (!placed) return
      actions.open(placed, { goes: true })
      if (target.isWriting && placed.thread.may.write) view.set({ editingId: target.threadId })
    } else {
      const range =
        target.kind === 'passage' ? target.range : { start: target.offset, end: target.offset + 1 }
      scrollToRange(getBlocks(), range, true)
    }
    // A reload opens where the page was, not where it once began.
    if (target.kind === 'resumed') history.replaceState(history.state, '', location.pathname)
    isDone.current = true
  }, [data, view, actions, getBlocks, all])

  // A paragraph that stands here is led to once more than the browser does, which goes by guessed heights; where one of
  // another section stands, only the server knows.
  useEffect(() => {
    const lead = (scrolls: boolean) => {
      const id = /^#(p\d+)$/.exec(location.hash)?.[1]
      if (!id) return
      const block = getBlocks().find(({ element }) => element.id === id)
      if (block && scrolls) scrollToRange(getBlocks(), { start: block.start, end: block.start + 1 }, true)
      const paragraph = Number(id.slice(1))
      if (!block)
        location.assign(readAddress(data.document.slug, { edition: olderEdition(data.document), paragraph }))
    }
    const leadAnew = () => lead(true)
    lead(data.target.kind === 'none' && !isReturning())
    addEventListener('hashchange', leadAnew)
    return () => removeEventListener('hashchange', leadAnew)
  }, [data, getBlocks])
}

/** Whether the browser itself brings the page back to where it was: after a reload, or on the way back. */
function isReturning(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate'
}
