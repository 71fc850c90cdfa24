/** Two panes that scroll together: where the passage of one stands, the passage of the other does too. */

/** Ties the two; returns the function that unties them. Each pane has one element marked `data-passage`. */
export function scrollTogether(one: HTMLElement, other: HTMLElement): () => void {
  let led: HTMLElement | null = null
  const lead = (from: HTMLElement, to: HTMLElement) => () => {
    // What a pane does because it was led is not its own.
    if (led === from) {
      led = null
      return
    }
    const top = translate(from.scrollTop, anchorsOf(from), anchorsOf(to))
    if (Math.abs(top - to.scrollTop) < 1) return
    led = to
    to.scrollTop = top
  }
  const [fromOne, fromOther] = [lead(one, other), lead(other, one)]
  one.addEventListener('scroll', fromOne, { passive: true })
  other.addEventListener('scroll', fromOther, { passive: true })
  return () => {
    one.removeEventListener('scroll', fromOne)
    other.removeEventListener('scroll', fromOther)
  }
}

/** Brings the passage of a pane a little below its upper edge. */
export function showPassage(pane: HTMLElement): void {
  pane.scrollTop = anchorsOf(pane)[1] ?? 0
}

/** How far a pane is scrolled at its top, where its passage begins and ends, and at its end. */
function anchorsOf(pane: HTMLElement): number[] {
  const most = Math.max(0, pane.scrollHeight - pane.clientHeight)
  const passages = pane.querySelectorAll<HTMLElement>('[data-passage]')
  const [first, last] = [passages[0], passages[passages.length - 1]]
  const place = (top: number) => Math.min(most, Math.max(0, top - pane.clientHeight / 4))
  const start = first ? place(first.offsetTop) : 0
  const end = last ? place(last.offsetTop + last.offsetHeight) : most
  return [0, start, Math.max(start, end), most]
}

/** A place between two anchors of one pane as the place between the same anchors of the other. */
function translate(top: number, from: readonly number[], to: readonly number[]): number {
  for (let i = 1; i < from.length; i++) {
    const [a, b, c, d] = [from[i - 1] ?? 0, from[i] ?? 0, to[i - 1] ?? 0, to[i] ?? 0]
    if (top <= b) return b === a ? d : c + ((top - a) / (b - a)) * (d - c)
  }
  return to.at(-1) ?? 0
}
