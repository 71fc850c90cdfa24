/** Routes about what is read of one document: its text, its original, finding words, and visits. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { refuseAction } from '#domain/policy/can.ts'
import { findQuery, findResult, visit, visitPosition } from '#domain/wire/reading.ts'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { done, idParam, json, jsonBody, refusals } from '../describe.ts'

const textQuery = z.strictObject({
  edition: z.coerce.number().int().min(1).max(1_000_000).optional().openapi({
    description: 'The number of an edition; left out, the current one.',
  }),
})

/** Registers what stands below `/documents/{id}` for readers. */
export function registerReadingRoutes(
  api: Api,
  { services: { documents, editions, visits } }: ApiContext,
): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/text',
      summary: 'The canonical text of an edition: what all offsets point into',
      request: { params: idParam, query: textQuery },
      responses: {
        200: {
          description: 'The text. Its ETag stays the same for as long as the edition is the one asked for.',
          content: { 'text/plain': { schema: z.string() } },
        },
        304: { description: 'It is the text that `If-None-Match` names.' },
        ...refusals,
      },
    }),
    async (c) => {
      const { actor } = c.var
      const found = await documents.get(actor, c.req.valid('param').id)
      const number = c.req.valid('query').edition ?? found.edition.number
      const seen = await editions.list(actor, found.id)
      // An edition never changes, so its id tells its text; its number may be another's once a preview was discarded.
      const etag = `"${seen.find((each) => each.number === number)?.id ?? ''}"`
      if (isNamedBy(c.req.header('if-none-match'), etag)) return c.body(null, 304, { ETag: etag })
      const text = await documents.text(actor, found.id, number)
      return c.text(text, 200, { ETag: etag, 'Content-Type': 'text/plain; charset=utf-8' })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/original',
      summary: 'The file a document was made of, byte for byte',
      request: { params: idParam },
      responses: {
        200: attachment('The file, to be saved and not shown.'),
        ...refusals,
      },
    }),
    async (c) => {
      const original = await documents.original(c.var.actor, c.req.valid('param').id)
      return c.body(new Uint8Array(original.bytes), 200, attachmentHeaders(original))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/find',
      summary: 'Where words stand in the whole document, whatever their case, quote marks, dashes and spaces',
      request: { params: idParam, query: findQuery },
      responses: { 200: json(findResult, 'The first places, and how many there are.'), ...refusals },
    }),
    async (c) => {
      const { q, limit, edition } = c.req.valid('query')
      const { id } = c.req.valid('param')
      const { total, finds } = await documents.find(c.var.actor, id, q, limit, edition)
      return c.json({ total, finds: [...finds] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/visit',
      summary: 'Begin a visit, or go on with one',
      request: { params: idParam },
      responses: { 200: json(visit, 'Where one stopped, and since when things are new.'), ...refusals },
    }),
    async (c) => c.json(await visits.begin(toPerson(c.var.actor), c.req.valid('param').id), 200),
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/visit',
      summary: 'Remember where one reads now',
      request: { params: idParam, body: jsonBody(visitPosition) },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const { position } = c.req.valid('json')
      await visits.moved(toPerson(c.var.actor), c.req.valid('param').id, position)
      return c.body(null, 204)
    },
  )
}

function toPerson(actor: Actor): Person {
  if (actor.kind !== 'person') throw refuseAction(actor, 'Only people visit documents.')
  return actor
}

function isNamedBy(ifNoneMatch: string | undefined, etag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((value) => value.trim().replace(/^W\//, ''))
  return named.includes(etag)
}
