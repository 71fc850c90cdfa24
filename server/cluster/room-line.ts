/** What servers that have one room open say to each other about it. */
import type { RoomEvent } from '../services/contracts/feed.ts'
import type { Cluster } from './cluster.ts'
import { readRoomEvent, writeRoomEvent } from './room-events.ts'
import { readSavedUpdates, type SavedUpdates, writeSavedUpdates } from './saved-updates.ts'

const kinds = { saved: 1, awareness: 2, question: 3, happened: 4 } as const

/** What a room hears of the other servers. */
export interface RoomLineListener {
  /** What they show of people there, as an awareness update. */
  awareness(update: Uint8Array, server: string): void
  /** Another server wants to know who is here. */
  asked(): void
  /** They committed something of a note. */
  saved?(updates: SavedUpdates): void
  /** Something happened in a margin. */
  happened?(event: RoomEvent): void
}

/** The line of one room to the same room on other servers. */
export class RoomLine {
  readonly #topic: string
  readonly #hearing

  constructor(
    private readonly cluster: Cluster,
    roomName: string,
    private readonly listener: RoomLineListener,
  ) {
    this.#topic = `room/${roomName}`
    this.#hearing = cluster.hear(this.#topic, (message, server) => this.#take(message, server))
  }

  /** Whether anybody else may have the room open. */
  get isShared(): boolean {
    return this.cluster.isShared
  }

  /** Resolves once nothing is missed. */
  get ready(): Promise<void> {
    return this.#hearing.ready
  }

  ask(): void {
    this.#say(kinds.question)
  }

  awareness(update: Uint8Array): void {
    this.#say(kinds.awareness, update)
  }

  saved(updates: SavedUpdates): void {
    if (this.isShared) this.#say(kinds.saved, writeSavedUpdates(updates))
  }

  end(): void {
    this.#hearing.end()
  }

  #say(kind: number, body: Uint8Array = new Uint8Array()): void {
    if (this.isShared) this.cluster.say(this.#topic, Buffer.concat([Uint8Array.of(kind), body]))
  }

  #take(message: Uint8Array, server: string): void {
    const body = message.subarray(1)
    switch (message[0]) {
      case kinds.saved:
        this.listener.saved?.(readSavedUpdates(body))
        return
      case kinds.awareness:
        this.listener.awareness(body, server)
        return
      case kinds.question:
        this.listener.asked()
        return
      case kinds.happened:
        this.listener.happened?.(readRoomEvent(body))
    }
  }
}

/** Says what happened in a margin to servers that have it open, whether or not this one has. */
export function sayHappened(cluster: Cluster, roomName: string, event: RoomEvent): void {
  if (!cluster.isShared) return
  cluster.say(`room/${roomName}`, Buffer.concat([Uint8Array.of(kinds.happened), writeRoomEvent(event)]))
}
