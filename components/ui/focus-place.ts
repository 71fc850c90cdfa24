/** An element and all that it stands in, from the inside out. */
export type FocusPlace = readonly HTMLElement[]

/** Where an element stands, so that the focus finds the way there when the element itself is gone. */
export function placeOf(element: Element | null): FocusPlace {
  const place: HTMLElement[] = []
  for (let each = element; each && each !== document.body; each = each.parentElement) {
    if (each instanceof HTMLElement) place.push(each)
  }
  return place
}

/** Focuses the element, or the innermost that is left of what it stood in; nothing where nothing is left. */
export function focusPlace(place: FocusPlace): void {
  const left = place.find(({ isConnected }) => isConnected)
  if (!left) return
  if (left !== place[0] && !left.hasAttribute('tabindex')) left.tabIndex = -1
  left.focus({ preventScroll: left !== place[0] })
}
