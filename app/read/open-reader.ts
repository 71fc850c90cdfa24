/** From the address of a reader page to what it shows. Addresses that name a place lead to the section that holds it. */
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { mergeRooms, type PlacedThread } from '#components/client/merge-rooms.ts'
import { fromLists } from '#components/client/room-threads.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import type { EditionView } from '#components/reader/edition.tsx'
import type { ReaderData, ReaderTarget, RoomChoice } from '#components/reader/reader-data.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../doors.ts'
import { readVisitor } from '../visitor.ts'
import { toRoomChoices } from './room-choices.ts'

/** The parts of an address as they were given. */
export interface ReaderAddress {
  readonly slug: string
  readonly path: readonly string[]
  /** `<start>-<end>` */
  readonly at: string | null
  readonly paragraph: string | null
  readonly thread: string | null
  readonly find: string | null
  readonly isResumed: boolean
}

export interface OpenedReader {
  readonly data: ReaderData
  readonly view: EditionView
  /** The notes of the section, for browsers without JavaScript. */
  readonly notes: readonly PlacedThread[]
}

/** How many notes of each layer a page without JavaScript lists. */
const mostListed = 200

/** Opens the section that the address names, or leads to it. */
export async function openReader(address: ReaderAddress): Promise<OpenedReader> {
  const { actor, preferences } = await readVisitor()
  const here = `/read/${encodeURIComponent(address.slug)}`
  const place = await findPlace(actor, address)
  const view = await read(address.slug, place.kind, place.value, wayBack(address))
  const { document, section } = view
  const visit = actor.kind === 'person' ? await services().visits.begin(actor, document.id) : null
  if (place.kind !== 'section' || (address.path.length === 0 && place.target.kind !== 'none')) {
    if (address.path[0] !== String(section.number)) redirect(addressOf(view, place.value, address))
  }
  if (address.path.length === 0 && place.target.kind === 'none' && visit && visit.position > 0) {
    const stopped = await read(address.slug, 'offset', visit.position, wayBack(address))
    redirect(`${here}/${stopped.section.number}?from=resume${hashOf(stopped, visit.position)}`)
  }

  const offered = await services().layers.forDocument(actor, document.id)
  const rooms = toRoomChoices(document.id, offered)
  const target: ReaderTarget =
    address.isResumed && visit ? { kind: 'resumed', offset: visit.position } : place.target
  return {
    view,
    notes: await listNotes(actor, view, rooms),
    data: {
      document: {
        id: document.id,
        slug: document.slug,
        title: document.title,
        authors: document.authors,
        editionId: document.edition.id,
      },
      section: toLink(section),
      sections: view.sections.map(toLink),
      rooms,
      me: actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null,
      unreadSince: visit?.unreadSince ?? new Date().toISOString(),
      target,
      preferences,
    },
  }
}

/** The title of the page: that of the document. */
export async function readingTitle(address: ReaderAddress): Promise<string> {
  const { document } = await read(address.slug, 'section', 1, wayBack(address))
  return document.title
}

/** What the find of a page without JavaScript found, or null when nothing was asked. */
export async function findForAddress({ find, slug }: ReaderAddress, documentId: string) {
  if (find === null || find.trim() === '') return null
  const { actor } = await readVisitor()
  const found = await orRefusal(
    services().documents.find(actor, documentId, find.trim(), 100),
    `/read/${encodeURIComponent(slug)}`,
  )
  return { words: find.trim(), ...found }
}

interface Place {
  readonly kind: 'section' | 'offset' | 'paragraph'
  readonly value: number
  readonly target: ReaderTarget
}

async function findPlace(actor: Actor, address: ReaderAddress): Promise<Place> {
  const [number, ...rest] = address.path
  if (rest.length > 0 || (number !== undefined && !/^[1-9]\d{0,5}$/.test(number))) notFound()
  const passage = /^(\d{1,9})-(\d{1,9})$/.exec(address.at ?? '')
  if (passage) {
    const range = { start: Number(passage[1]), end: Number(passage[2]) }
    if (range.start < range.end)
      return { kind: 'offset', value: range.start, target: { kind: 'passage', range } }
  }
  if (address.thread !== null) return placeOfThread(actor, address, address.thread)
  if (address.paragraph !== null && /^\d{1,7}$/.test(address.paragraph))
    return { kind: 'paragraph', value: Number(address.paragraph), target: { kind: 'none' } }
  return { kind: 'section', value: Number(number ?? 1), target: { kind: 'none' } }
}

async function placeOfThread(actor: Actor, address: ReaderAddress, threadId: string): Promise<Place> {
  const thread = await orRefusal(services().threads.get(actor, threadId), wayBack(address))
  const { document } = await read(address.slug, 'section', 1, wayBack(address))
  const passage = thread.passages.find((one) => !('hidden' in one) && one.documentId === document.id)
  const target: ReaderTarget = { kind: 'thread', threadId }
  if (!passage || 'hidden' in passage) return { kind: 'section', value: 1, target }
  return { kind: 'offset', value: passage.start, target }
}

/** The address itself: whoever has to sign in first comes back to the very place that they were led to. */
function wayBack({ slug, path, at, paragraph, thread, find }: ReaderAddress): string {
  const asked = Object.entries({ at, p: paragraph, thread, find }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  )
  const query = asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
  return `${['/read', ...[slug, ...path].map(encodeURIComponent)].join('/')}${query}`
}

/** Metadata and page ask for the same section: it is read once for a request. */
const read = cache(async (slug: string, kind: Place['kind'], value: number, here: string) => {
  const { actor } = await readVisitor()
  const at =
    kind === 'section' ? { section: value } : kind === 'offset' ? { offset: value } : { paragraph: value }
  return orRefusal(services().documents.readSection(actor, slug, at), here)
})

function addressOf(view: EditionView, value: number, { slug, at, thread, paragraph }: ReaderAddress): string {
  const query = at !== null ? `?at=${at}` : thread !== null ? `?thread=${encodeURIComponent(thread)}` : ''
  const hash = at === null && thread === null && paragraph !== null ? `#p${paragraph}` : hashOf(view, value)
  return `/read/${encodeURIComponent(slug)}/${view.section.number}${query}${hash}`
}

function hashOf({ blocks }: EditionView, offset: number): string {
  const block = blockAt(blocks, offset)
  if (!block) return ''
  return block.number === null ? `#h${block.index}` : `#p${block.number}`
}

function toLink({ number, title, start, end }: EditionView['section']) {
  return { number, title, start, end }
}

async function listNotes(actor: Actor, view: EditionView, rooms: readonly RoomChoice[]) {
  const { document, section } = view
  const lists = await Promise.all(
    rooms.map(async (room) => {
      const query = {
        layer: room.layerId,
        group: room.groupId ?? undefined,
        edition: document.edition.id,
        start: section.start,
        end: section.end,
        limit: mostListed,
      }
      return [room.name, fromLists([await services().threads.list(actor, document.id, query)])] as const
    }),
  )
  return mergeRooms(new Map(lists), document.id)
}
