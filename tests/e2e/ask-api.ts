/** The REST API, asked with a page's own sign-in: what a test needs to be there before it begins. */
import type { Page } from 'playwright-core'
import type { z } from 'zod'
import { type Document, document, type NewDocument } from '#domain/wire/document.ts'
import { type Me, me } from '#domain/wire/group.ts'
import { type ThreadWithReplies, threadWithReplies } from '#domain/wire/thread.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls the API as the person of `page` and reads the answer by `schema`. Throws what it refused. */
export async function askApi<T>(
  page: Page,
  schema: z.ZodType<T>,
  method: Method,
  path: string,
  data?: unknown,
): Promise<T> {
  const origin = new URL((await page.request.get('/healthz')).url()).origin
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers: { origin }, data })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return schema.parse(await answer.json())
}

/** Brings in a text for the sample group, as a person who may. */
export async function bringIn(
  page: Page,
  text: Pick<NewDocument, 'content'> & Partial<NewDocument>,
): Promise<Document> {
  return askApi(page, document, 'POST', '/documents', {
    format: 'txt',
    visibility: 'group',
    groups: [(await sampleGroup(page)).id],
    ...text,
  })
}

/** A note as a test asks for it; it is posted in the discussion of the sample group. */
export interface WantedNote {
  readonly words: string
  readonly kind?: 'highlight' | 'note' | 'question'
  readonly note?: string
  readonly coWritten?: boolean
  readonly tags?: readonly string[]
}

/** Writes a note as the person of `page`, on the first place where its words stand. */
export async function writeNote(
  page: Page,
  on: Document,
  { words, kind = 'note', ...rest }: WantedNote,
): Promise<ThreadWithReplies> {
  const text = await (await page.request.get(`/api/v1/documents/${on.id}/text`)).text()
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`“${words}” do not stand in ${on.title}`)
  return askApi(page, threadWithReplies, 'POST', '/threads', {
    documentId: on.id,
    layerId: await discussionOf(page),
    kind,
    passages: [{ start, end: start + words.length }],
    ...rest,
  })
}

/** The group that comes with the demo; other tests make further ones. */
export async function sampleGroup(page: Page): Promise<Me['groups'][number]> {
  const { groups } = await askApi(page, me, 'GET', '/me')
  const found = groups.find(({ name }) => name === 'The Ashmere reading group')
  if (!found) throw new Error('the person of this page is not in the sample group')
  return found
}

/** The discussion layer of the sample group. */
export async function discussionOf(page: Page): Promise<string> {
  const { id } = await sampleGroup(page)
  const { layers } = await askApi(page, me, 'GET', '/me')
  const found = layers.find(({ kind, groups }) => kind === 'discussion' && groups.includes(id))
  if (!found) throw new Error('the person of this page has no discussion layer')
  return found.id
}
