import { useEffect } from 'react'
import { type FocusPlace, focusPlace, placeOf } from './focus-place.ts'

/**
 * Keeps the place of whoever goes by the keyboard: when what has the focus leaves the page (a form that was sent, a row
 * that was taken away), the focus goes to what it stood in, not to the page's start.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let place: FocusPlace = []
    const remember = () => {
      place = placeOf(document.activeElement)
    }
    const forget = () => {
      // What is taken out loses the focus first: only what is still there a moment later was left by the person.
      queueMicrotask(() => {
        if (place[0]?.isConnected && place[0] !== document.activeElement) place = []
      })
    }
    const keep = new MutationObserver(() => {
      if (document.activeElement === document.body && place[0]?.isConnected === false) focusPlace(place)
    })
    keep.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    document.addEventListener('focusout', forget)
    return () => {
      keep.disconnect()
      document.removeEventListener('focusin', remember)
      document.removeEventListener('focusout', forget)
    }
  }, [])
}
