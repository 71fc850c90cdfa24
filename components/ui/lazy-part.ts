import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

const longestWaitMs = 10_000

/**
 * A part of the interface whose code is loaded when it is first shown. React's `lazy` alone fails for good when the
 * network is gone at that moment, and takes the page with it; this one waits and tries again, and the part's
 * Suspense shows its waiting face meanwhile.
 */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await untilLoaded(load) }))
}

async function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let waitMs = 500; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await load()
    } catch {
      await untilOnline(waitMs)
    }
  }
}

/** Ends after `waitMs`, or sooner when the browser says that the network is back. */
function untilOnline(waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer)
      removeEventListener('online', goOn)
      resolve()
    }
    const timer = setTimeout(goOn, waitMs)
    addEventListener('online', goOn)
  })
}
