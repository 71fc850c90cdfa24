/**
 * How many sockets each person has, here and on other servers. Servers tell each other what changed, a few times a
 * second, and everything when one is met anew; so a limit across servers is held to within a moment.
 */
import { z } from 'zod'
import type { Cluster } from './cluster.ts'

const topic = 'connections'
const tellEveryMs = 100
const message = z.object({
  /** Whether it is everything, and the others are to answer with theirs. */
  asks: z.boolean(),
  counts: z.record(z.string(), z.number()),
})

/** The counts of this server, and what it knows of the others'. */
export class ConnectionCounts {
  readonly #here = new Map<string, number>()
  readonly #elsewhere = new Map<string, Map<string, number>>()
  readonly #changed = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  readonly #ends: (() => void)[]

  constructor(private readonly cluster: Cluster) {
    const hearing = cluster.hear(topic, (bytes, server) => this.#hear(bytes, server))
    this.#ends = [
      () => hearing.end(),
      cluster.onGone((server) => this.#elsewhere.delete(server)),
      cluster.onConnected(() => this.#say(this.#here.keys(), true)),
    ]
  }

  /** Of one person, on all servers. */
  of(userId: string): number {
    let count = this.#here.get(userId) ?? 0
    for (const counts of this.#elsewhere.values()) count += counts.get(userId) ?? 0
    return count
  }

  /** One more here. */
  add(userId: string): void {
    this.#set(userId, (this.#here.get(userId) ?? 0) + 1)
  }

  /** One less here. */
  remove(userId: string): void {
    this.#set(userId, (this.#here.get(userId) ?? 1) - 1)
  }

  end(): void {
    for (const end of this.#ends) end()
    if (this.#timer) clearTimeout(this.#timer)
  }

  #set(userId: string, count: number): void {
    if (count > 0) this.#here.set(userId, count)
    else this.#here.delete(userId)
    if (!this.cluster.isShared) return
    this.#changed.add(userId)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#say(this.#changed, false)
      this.#changed.clear()
    }, tellEveryMs)
  }

  #say(userIds: Iterable<string>, asks: boolean): void {
    const counts = Object.fromEntries([...userIds].map((userId) => [userId, this.#here.get(userId) ?? 0]))
    this.cluster.say(topic, Buffer.from(JSON.stringify({ asks, counts })))
  }

  #hear(bytes: Uint8Array, server: string): void {
    const { asks, counts } = message.parse(JSON.parse(Buffer.from(bytes).toString()))
    const known = (asks ? null : this.#elsewhere.get(server)) ?? new Map<string, number>()
    this.#elsewhere.set(server, known)
    for (const [userId, count] of Object.entries(counts)) {
      if (count > 0) known.set(userId, count)
      else known.delete(userId)
    }
    if (asks) this.#say(this.#here.keys(), false)
  }
}
