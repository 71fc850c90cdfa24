/**
 * Looks in the database, every few seconds and every second while other servers cannot be heard, for what was not
 * heard. Whatever the cluster lost is repaired here; with no cluster to hear, everything comes this way.
 */
import type { Logger } from 'pino'
import type { Cluster } from './cluster.ts'

const everyMs = 2_000
const everyMsWhileCutOff = 800

/** Calls `look` again and again, one at a time, and at once when there is a connection again; returns what ends it. */
export function watchDatabase({
  cluster,
  look,
  log,
}: {
  readonly cluster: Cluster
  readonly look: () => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}): () => Promise<void> {
  if (!cluster.isShared) return async () => {}
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let isEnded = false
  const run = () => {
    timer = null
    looking = look()
      .catch((error: unknown) => log.warn({ err: error }, 'the database could not be asked for news'))
      .finally(() => {
        looking = null
        if (!isEnded) timer = setTimeout(run, cluster.isConnected ? everyMs : everyMsWhileCutOff)
      })
  }
  const unsubscribe = cluster.onConnected(() => {
    if (timer === null) return
    clearTimeout(timer)
    run()
  })
  run()
  return async () => {
    isEnded = true
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
    await looking
  }
}
