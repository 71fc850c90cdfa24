/** Layers open and close by themselves: at that instant everybody is asked about again. */
import type { Logger } from 'pino'
import type { Services } from '../services/services.ts'

/** A layer that another server set is noticed this soon. */
const lookAgainEveryMs = 10_000

/** Calls `onTurn` at the instant each layer opens or closes. `lookAgain` when layers may have been set otherwise. */
export function watchLayerTurns(
  layers: Pick<Services['layers'], 'nextTurn'>,
  log: Pick<Logger, 'error'>,
  onTurn: () => void,
): { lookAgain(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let looks = 0

  async function look(): Promise<void> {
    clearTimeout(timer)
    const own = ++looks
    const inMs = await layers.nextTurn().catch((error: unknown) => {
      log.error({ err: error }, 'it could not be read when layers open and close')
      return null
    })
    if (own !== looks) return
    const isSoon = inMs !== null && inMs <= lookAgainEveryMs
    const wait = isSoon ? Math.max(0, inMs) : lookAgainEveryMs
    timer = setTimeout(() => {
      if (isSoon) onTurn()
      void look()
    }, wait)
    timer.unref()
  }

  void look()
  return {
    lookAgain: () => void look(),
    stop() {
      looks += 1
      clearTimeout(timer)
    },
  }
}
