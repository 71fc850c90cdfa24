/** Brief news for the person in front of this page, oldest first. At most three are on view. */

export interface Toast {
  readonly id: number
  readonly face: 'done' | 'failed'
  readonly text: string
  /** What may be done about it, such as undo. */
  readonly action: { readonly label: string; readonly run: () => void } | null
}

const mostOnView = 3
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Shows brief news; returns what takes it away again. */
export function showToast(news: {
  readonly text: string
  readonly face?: Toast['face']
  readonly action?: Toast['action']
}): () => void {
  const id = nextId++
  keep(
    [...toasts, { id, face: news.face ?? 'done', text: news.text, action: news.action ?? null }].slice(
      -mostOnView,
    ),
  )
  return () => dismissToast(id)
}

/** Takes one away; unknown ids change nothing. */
export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) keep(toasts.filter((toast) => toast.id !== id))
}

/** What is on view: the same array until it changes. */
export function readToasts(): readonly Toast[] {
  return toasts
}

/** Called after each change; returns the function that ends it. */
export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function keep(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
