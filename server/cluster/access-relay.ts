/**
 * Whose rights may have changed, from server to server: told at once over the cluster, and kept in the database for a
 * while, where each server looks for what it did not hear.
 */
import type { Logger } from 'pino'
import { z } from 'zod'
import type { AccessChange, KeptAccessChange } from '../db/access-changes.ts'
import type { Affected } from '../services/contracts/access.ts'
import type { Services } from '../services/services.ts'
import type { Cluster } from './cluster.ts'

interface AccessRelayOptions {
  readonly cluster: Cluster
  readonly services: Pick<Services, 'access' | 'feed'>
  /** Keeps a change and answers its version. */
  readonly keep: (change: AccessChange) => Promise<bigint>
  /** The changes of the last so many seconds. */
  readonly listRecent: (seconds: number) => Promise<readonly KeptAccessChange[]>
  readonly log: Pick<Logger, 'warn'>
}

const topic = 'access'
/** Longer than a change may take from being numbered to being seen. */
const lookBackSeconds = 15
const message = z.object({
  version: z.coerce.bigint().nullable(),
  userId: z.string().nullable(),
  threadId: z.string().nullable(),
})

/** Carries changes of rights between this server's services and other servers. */
export class AccessRelay {
  /** Versions that were acted on here, by when they were. */
  readonly #known = new Map<bigint, number>()
  /** When the database was last asked, by a clock that nobody sets; null before the first time. */
  #askedAt: number | null = null
  readonly #ends: (() => void)[]

  constructor(private readonly options: AccessRelayOptions) {
    const { cluster, services } = options
    const hearing = cluster.hear(topic, (bytes) => this.#hear(bytes))
    this.#ends = [
      () => hearing.end(),
      services.access.onChange((who, origin) => {
        if (origin === 'here') void this.#tell({ userId: who === 'everyone' ? null : who, threadId: null })
      }),
      services.feed.subscribeThreads((threadId, origin) => {
        if (origin === 'here') void this.#tell({ userId: null, threadId })
      }),
    ]
  }

  /** Looks in the database for what was not heard. */
  async catchUp(): Promise<void> {
    const startedAt = performance.now()
    const before = this.#askedAt
    const changes = await this.options.listRecent(lookBackSeconds)
    this.#askedAt = startedAt
    if (before !== null && startedAt - before > (lookBackSeconds / 2) * 1_000) this.#act(null, 'everyone')
    for (const { version, ...change } of changes) {
      if (before === null) this.#known.set(version, startedAt)
      else this.#learn(version, change)
    }
    for (const [version, at] of this.#known) {
      if (startedAt - at > 4 * lookBackSeconds * 1_000) this.#known.delete(version)
    }
  }

  end(): void {
    for (const end of this.#ends) end()
  }

  async #tell(change: AccessChange): Promise<void> {
    const { cluster, keep, log } = this.options
    if (!cluster.isShared) return
    let version: bigint | null = null
    try {
      version = await keep(change)
      this.#known.set(version, performance.now())
    } catch (error) {
      log.warn({ err: error }, 'a change of rights could not be kept for other servers')
    }
    cluster.say(topic, Buffer.from(JSON.stringify({ ...change, version: version?.toString() ?? null })))
  }

  #hear(bytes: Uint8Array): void {
    const { version, ...change } = message.parse(JSON.parse(Buffer.from(bytes).toString()))
    this.#learn(version, change)
  }

  #learn(version: bigint | null, { userId, threadId }: AccessChange): void {
    if (version !== null && this.#known.has(version)) return
    if (version !== null) this.#known.set(version, performance.now())
    this.#act(threadId, userId ?? 'everyone')
  }

  #act(threadId: string | null, who: Affected): void {
    const { access, feed } = this.options.services
    if (threadId === null) access.changed(who, 'elsewhere')
    else feed.announceThread(threadId, 'elsewhere')
  }
}
