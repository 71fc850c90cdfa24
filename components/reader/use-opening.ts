import { useEffect, useRef } from 'react'
import { scrollToRange } from './go-to.ts'
import { useReader, useThreads } from './reader-context.ts'

/** Opens the page where its address asks: at a passage, at a thread, or where the person stopped. */
export function useOpening(): void {
  const { data, actions, getBlocks } = useReader()
  const { all } = useThreads()
  const isDone = useRef(false)
  useEffect(() => {
    const { target } = data
    if (isDone.current || target.kind === 'none') return
    if (target.kind === 'thread') {
      const placed = all.find(({ thread }) => thread.id === target.threadId)
      if (!placed) return
      actions.open(placed, { goes: true })
    } else {
      const range =
        target.kind === 'passage' ? target.range : { start: target.offset, end: target.offset + 1 }
      scrollToRange(getBlocks(), range, true)
    }
    // A reload opens where the page was, not where it once began.
    if (target.kind === 'resumed') history.replaceState(history.state, '', location.pathname)
    isDone.current = true
  }, [data, actions, getBlocks, all])

  // A paragraph of another section is named by the same kind of link; only the server knows where it stands.
  useEffect(() => {
    const resolve = () => {
      const number = /^#p(\d+)$/.exec(location.hash)?.[1]
      if (number && !document.getElementById(`p${number}`))
        location.assign(`/read/${data.document.slug}?p=${number}`)
    }
    resolve()
    addEventListener('hashchange', resolve)
    return () => removeEventListener('hashchange', resolve)
  }, [data])
}
