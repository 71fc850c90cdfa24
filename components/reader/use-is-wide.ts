import { useSyncExternalStore } from 'react'

const query = '(width >= 56.25em)'

/** Whether there is room for a margin beside the text. The server cannot know, and takes it there is. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
    () => true,
  )
}
