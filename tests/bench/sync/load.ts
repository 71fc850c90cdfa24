/** People who write in notes at a steady pace, over bare sockets, and how long each update took to reach the others. */
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { awarenessFrame, readKind, step1Frame, updateFrame } from '#server/sync/frames.ts'
import type { BenchServer } from './bench-server.ts'

/** How many people do what. */
export interface Scenario {
  readonly name: string
  readonly rooms: number
  /** In each room; the first `writers` of them write. */
  readonly clients: number
  readonly writers: number
  /** In all rooms together. */
  readonly updatesPerSecond: number
  /** Whether each update moves a caret as well. */
  readonly carets?: boolean
}

/** Where people connect: by turns to each of several servers, if there are others. */
export interface Target extends Pick<BenchServer, 'url' | 'token'> {
  readonly others?: readonly Pick<BenchServer, 'url' | 'use'>[]
}

/** Somebody in a room. */
export interface Connected {
  readonly room: string
  readonly socket: WebSocket
  leave(): void
}

/** Somebody comes into a room; resolves once they have the note. `onUpdate` hears what others wrote. */
export async function comeIn(
  { url, token }: Pick<BenchServer, 'url' | 'token'>,
  room: string,
  onUpdate: (update: Uint8Array) => void = () => {},
): Promise<Connected> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${room}?token=${token}`)
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => socket.send(step1Frame(Uint8Array.of(0))))
    socket.once('message', () => resolve())
  })
  socket.on('message', (data: Buffer) => {
    const frame = readKind(data)
    if (frame.kind === 'update') onUpdate(frame.update)
  })
  return { room, socket, leave: () => socket.terminate() }
}

/** `clients` people come into each room, one after the other. */
export async function connectPeople(
  { url, token, others = [] }: Target,
  rooms: readonly string[],
  clients: number,
  onUpdate?: (update: Uint8Array) => void,
): Promise<Connected[]> {
  const people: Connected[] = []
  const urls = [url, ...others.map((other) => other.url)]
  for (const room of rooms) {
    for (let count = 0; count < clients; count++) {
      const at = urls[people.length % urls.length] ?? url
      people.push(await comeIn({ url: at, token }, room, onUpdate))
    }
  }
  return people
}

/**
 * Runs a scenario for so many seconds; answers a row of figures: microseconds of CPU, milliseconds of waiting. What is
 * done `meanwhile`, beginning with the writing, is counted as well.
 */
export async function measure(
  server: BenchServer & Target,
  rooms: readonly string[],
  scenario: Scenario,
  seconds: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<Record<string, string | number>> {
  const { clients, writers, updatesPerSecond, carets = false } = scenario
  const sentAt = new Map<string, number>()
  const waits: number[] = []
  const people = await connectPeople(server, rooms, clients, (update) => {
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, start] of from) {
      for (let clock = start; clock < (to.get(client) ?? 0); clock++) {
        const at = sentAt.get(`${client} ${clock}`)
        if (at !== undefined) waits.push(performance.now() - at)
      }
    }
  })
  const writing = people
    .filter((_, index) => index % clients < writers)
    .map((person) => toWriter(person, sentAt))
  for (const writer of writing) writer.begin()
  const others = server.others ?? []
  const askAll = () => Promise.all([server, ...others].map((each) => each.use()))
  const before = await askAll()
  // A server that is asked collects its garbage first, and what was under way waits for that.
  await untilAllBegan(() => waits.length >= writing.length * (clients - 1))
  sentAt.clear()
  waits.splice(0)
  let sent = 0
  const startedAt = performance.now()
  const doing = meanwhile()
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - startedAt
      for (; sent < (elapsed / 1_000) * updatesPerSecond; sent++)
        writing[sent % writing.length]?.write(carets)
      if (elapsed < seconds * 1_000) return
      clearInterval(timer)
      resolve()
    }, 2)
  })
  await doing
  const after = await askAll()
  for (const person of people) person.leave()
  waits.sort((one, other) => one - other)
  const perUpdate = (index: number) =>
    Math.round((((after[index]?.cpuMs ?? 0) - (before[index]?.cpuMs ?? 0)) * 1_000) / sent)
  const quantile = (share: number) =>
    Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN)
  return {
    scenario: scenario.name,
    updates: sent,
    'µs of CPU per update': perUpdate(0),
    ...(others.length > 0 && { 'of the other': perUpdate(1) }),
    'median ms': quantile(0.5),
    'p99 ms': quantile(0.99),
    'longest ms': quantile(1),
  }
}

/** Who begins to write makes a paragraph, which servers that share a note do in turns: that is not what is measured. */
async function untilAllBegan(isSo: () => boolean): Promise<void> {
  const latest = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > latest) throw new Error('what people began with was not shown to the others')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function toWriter({ socket }: Connected, sentAt: Map<string, number>) {
  const doc = new Y.Doc()
  const text = new Y.XmlText()
  let clock = 0
  doc.on('update', (update: Uint8Array) => {
    const end = Y.getState(doc.store, doc.clientID)
    sentAt.set(`${doc.clientID} ${end - 1}`, performance.now())
    socket.send(updateFrame(update))
  })
  return {
    begin() {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [text])
      doc.getXmlFragment('note').insert(0, [paragraph])
    },
    write(withCaret: boolean) {
      text.insert(text.length, 'a')
      if (withCaret) socket.send(caretFrame(doc.clientID, ++clock, text.length))
    },
  }
}

function caretFrame(clientId: number, clock: number, at: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, clientId)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, JSON.stringify({ cursor: { anchor: at, head: at } }))
  return awarenessFrame(encoding.toUint8Array(encoder))
}
