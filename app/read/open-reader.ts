/** From the address of a reader page to what it shows. Addresses that name a place lead to the section that holds it. */
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { placeBeside } from '#components/editions/place-beside.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import type { EditionView } from '#components/reader/edition.tsx'
import { type PlaceElsewhere, readAddress, toPlaceElsewhere } from '#components/reader/read-address.ts'
import type { ReaderData, ReaderTarget } from '#components/reader/reader-data.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { pageId } from '#domain/text/render-blocks.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../doors.ts'
import { readVisitor } from '../visitor.ts'
import { countOwnUncertain } from './count-own-uncertain.ts'
import { type ListedNotes, listNotes } from './list-notes.ts'
import { toRoomChoices } from './room-choices.ts'

/** The parts of an address as they were given. */
export interface ReaderAddress {
  readonly slug: string
  readonly path: readonly string[]
  /** Number of an edition; null for the current one. */
  readonly edition: string | null
  /** `<edition>-<offset>`: what stands beside that place of another edition. */
  readonly fromEdition: string | null
  /** `<start>-<end>` */
  readonly at: string | null
  readonly paragraph: string | null
  /** The number of a printed page. */
  readonly page: string | null
  readonly thread: string | null
  /** The note of `thread` is opened for writing. */
  readonly isWriting: boolean
  readonly find: string | null
  readonly isResumed: boolean
}

export interface OpenedReader {
  readonly data: ReaderData
  readonly view: EditionView
  /** The notes of the section, for browsers without JavaScript. */
  readonly notes: ListedNotes
}

/** Opens the section that the address names, or leads to it. */
export async function openReader(address: ReaderAddress): Promise<OpenedReader> {
  const { actor, preferences } = await readVisitor()
  const place = await findPlace(actor, address)
  const view = await readAt(address, place.kind, place.value)
  const { document, edition, section } = view
  const visit = actor.kind === 'person' ? await services().visits.begin(actor, document.id) : null
  if (place.kind !== 'section' || (address.path.length === 0 && place.target.kind !== 'none')) {
    if (address.path[0] !== String(section.number)) redirect(addressOf(view, place.value, address))
  }
  const isUnsaid = address.path.length === 0 && address.edition === null && place.target.kind === 'none'
  if (isUnsaid && visit && visit.position > 0) {
    const stopped = await readAt(address, 'offset', visit.position)
    const here = readAddress(address.slug, { section: stopped.section.number })
    redirect(`${here}?from=resume#${hashOf(stopped, visit.position)}`)
  }

  const offered = await services().layers.forDocument(actor, document.id)
  const rooms = toRoomChoices(document.id, offered)
  const target: ReaderTarget =
    address.isResumed && visit ? { kind: 'resumed', offset: visit.position } : place.target
  return {
    view,
    notes: await listNotes(
      actor,
      { documentId: document.id, editionId: edition.id, start: section.start, end: section.end },
      rooms,
    ),
    data: {
      document: {
        id: document.id,
        slug: document.slug,
        title: document.title,
        authors: document.authors,
        edition: { id: edition.id, number: edition.number },
        current: { id: document.edition.id, number: document.edition.number },
      },
      section: toLink(section),
      sections: view.sections.map(toLink),
      rooms,
      me: actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null,
      unreadSince: visit?.unreadSince ?? new Date().toISOString(),
      target,
      ownUncertain: actor.kind === 'person' ? await countOwnUncertain(actor, document) : 0,
      preferences,
    },
  }
}

/** The title of the page: that of the document. */
export async function readingTitle(address: ReaderAddress): Promise<string> {
  const { document } = await readAt(address, 'section', 1)
  return document.title
}

/** What the find of a page without JavaScript found, or null when nothing was asked. */
export async function findForAddress(address: ReaderAddress, documentId: string) {
  const { find } = address
  if (find === null || find.trim() === '') return null
  const { actor } = await readVisitor()
  const found = await orRefusal(
    services().documents.find(actor, documentId, find.trim(), 100, toEditionNumber(address)),
    wayBack(address),
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
  const elsewhere = toPlaceElsewhere(address.fromEdition)
  if (elsewhere) {
    const offset = await findBeside(actor, address, elsewhere)
    return { kind: 'offset', value: offset, target: { kind: 'none' } }
  }
  const passage = /^(\d{1,9})-(\d{1,9})$/.exec(address.at ?? '')
  if (passage) {
    const range = { start: Number(passage[1]), end: Number(passage[2]) }
    if (range.start < range.end)
      return { kind: 'offset', value: range.start, target: { kind: 'passage', range } }
  }
  if (address.thread !== null) return placeOfThread(actor, address, address.thread)
  if (address.paragraph !== null && /^\d{1,7}$/.test(address.paragraph))
    return { kind: 'paragraph', value: Number(address.paragraph), target: { kind: 'none' } }
  if (address.page !== null) {
    const { documents } = services()
    const found = documents.findPage(actor, address.slug, address.page, toEditionNumber(address))
    return { kind: 'offset', value: await orRefusal(found, wayBack(address)), target: { kind: 'none' } }
  }
  return { kind: 'section', value: Number(number ?? 1), target: { kind: 'none' } }
}

async function placeOfThread(actor: Actor, address: ReaderAddress, threadId: string): Promise<Place> {
  const known = await orRefusal(services().threads.get(actor, threadId), wayBack(address))
  const { document, edition } = await readAt(address, 'section', 1)
  const thread =
    edition.id === document.edition.id ? known : await seenIn(actor, known, document.id, edition.id)
  const passage = thread.passages.find((one) => !('hidden' in one) && one.documentId === document.id)
  const target: ReaderTarget = { kind: 'thread', threadId, isWriting: address.isWriting }
  if (!passage || 'hidden' in passage) return { kind: 'section', value: 1, target }
  return { kind: 'offset', value: passage.start, target }
}

/** The thread with its passages as they stood in an edition that is not the current one. */
async function seenIn(
  actor: Actor,
  thread: ThreadWithReplies,
  documentId: string,
  editionId: string,
): Promise<ThreadWithReplies> {
  const query = { layer: thread.layerId, edition: editionId, kind: thread.kind, limit: 200 }
  let cursor: string | undefined
  do {
    const { items, next } = await services().threads.list(actor, documentId, { ...query, cursor })
    const found = items.find(({ id }) => id === thread.id)
    if (found) return found
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return thread
}

/** The offset in the edition asked for that stands beside a place of another one. */
async function findBeside(actor: Actor, address: ReaderAddress, from: PlaceElsewhere): Promise<number> {
  const here = wayBack(address)
  const { documents, editions } = services()
  const { document, edition } = await readAt(address, 'section', 1)
  if (edition.number === from.edition) return from.offset
  const at = { offset: from.offset }
  const { section } = await orRefusal(documents.readSection(actor, address.slug, at, from.edition), here)
  const query = { with: edition.number, section: section.number }
  const { rows, later } = await orRefusal(editions.compare(actor, document.id, from.edition, query), here)
  return placeBeside(rows, from.offset, later.number === from.edition ? 'later' : 'earlier') ?? 0
}

/** The address itself: whoever has to sign in first comes back to the very place that they were led to. */
function wayBack(address: ReaderAddress): string {
  const { slug, path, edition, fromEdition, at, paragraph, page, thread, isWriting, find } = address
  const writing = isWriting ? 'yes' : null
  const named = { edition, 'from-edition': fromEdition, at, p: paragraph, page, thread, writing, find }
  const asked = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const query = asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
  return `${['/read', ...[slug, ...path].map(encodeURIComponent)].join('/')}${query}`
}

/** Metadata and page ask for the same section: it is read once for a request. */
const read = cache(
  async (slug: string, kind: Place['kind'], value: number, edition: number, here: string) => {
    const { actor } = await readVisitor()
    const at =
      kind === 'section' ? { section: value } : kind === 'offset' ? { offset: value } : { paragraph: value }
    return orRefusal(services().documents.readSection(actor, slug, at, edition || undefined), here)
  },
)

function readAt(address: ReaderAddress, kind: Place['kind'], value: number): Promise<EditionView> {
  return read(address.slug, kind, value, toEditionNumber(address) ?? 0, wayBack(address))
}

function toEditionNumber({ edition }: ReaderAddress): number | undefined {
  if (edition === null) return undefined
  if (!/^[1-9]\d{0,5}$/.test(edition)) notFound()
  return Number(edition)
}

/** By its slug, also where a link named the document by its id. */
function addressOf(view: EditionView, value: number, address: ReaderAddress): string {
  const { document, section, blocks } = view
  const { at, thread, isWriting, paragraph, page } = address
  const range = /^(\d+)-(\d+)$/.exec(at ?? '')
  const isParagraph = !range && thread === null && paragraph !== null
  const isPage = !range && thread === null && paragraph === null && page !== null
  return readAddress(document.slug, {
    edition: toEditionNumber(address),
    section: section.number,
    ...(range ? { range: { start: Number(range[1]), end: Number(range[2]) } } : {}),
    ...(!range && thread !== null ? { threadId: thread, isWriting } : {}),
    hash: isParagraph ? `p${paragraph}` : isPage ? pageId(page) : hashOf({ blocks }, value),
  })
}

/** The id of the block at an offset; empty where there is none. */
function hashOf({ blocks }: Pick<EditionView, 'blocks'>, offset: number): string {
  const block = blockAt(blocks, offset)
  if (!block) return ''
  return block.number === null ? `h${block.index}` : `p${block.number}`
}

function toLink({ number, title, start, end, page }: EditionView['section']) {
  return { number, title, start, end, page }
}
