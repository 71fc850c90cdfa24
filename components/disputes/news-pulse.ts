/** Tells the parts of a page that show what is new in disputes that this may have changed. */
const pulse = new EventTarget()

/** Something happened in a dispute, or was seen. */
export const newsMayHaveChanged = (): void => void pulse.dispatchEvent(new Event('news'))

/** Calls `listener` each time; returns what ends it. */
export function onNewsPulse(listener: () => void): () => void {
  pulse.addEventListener('news', listener)
  return () => pulse.removeEventListener('news', listener)
}
