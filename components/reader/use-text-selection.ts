import { type RefObject, useEffect } from 'react'
import { useReader } from './reader-context.ts'
import { watchSelection } from './watch-selection.ts'

/** Keeps the view's `selected` at the words that are selected in the text. */
export function useTextSelection(text: RefObject<HTMLElement | null>): void {
  const { view, getBlocks } = useReader()
  useEffect(
    () =>
      watchSelection({
        getText: () => text.current,
        getBlocks,
        onSelect: (selected) => {
          if (selected || view.get().selected) view.set({ selected })
        },
      }),
    [text, view, getBlocks],
  )
}
