/** Routes about replies. */
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { listOf, richText } from '#domain/wire/shared.ts'
import {
  newReply,
  type Reply,
  reply,
  replyChange,
  replyModeration,
  replyVersion,
} from '#domain/wire/thread.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'

const oneReply = json(reply, 'The reply as it is now.')

/** Registers `/threads/{id}/replies` and `/replies`. */
export function registerReplyRoutes(api: Api, { services: { replies } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/replies',
      summary: 'Reply in a thread',
      request: { params: idParam, body: jsonBody(newReply) },
      responses: { 201: json(reply, 'The reply.'), ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await replies.create(c.var.actor, id, c.req.valid('json'))), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/replies/{id}',
      summary: 'Give one’s own reply other words; the ones before are kept',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(replyChange) },
      responses: { 200: oneReply, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ifMatch = readIfMatch(c.req.header('if-match'))
      return c.json(tagged(c, await replies.change(c.var.actor, id, c.req.valid('json'), ifMatch)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/replies/{id}',
      summary: 'Delete one’s own reply',
      request: { params: idParam, headers: ifMatchHeader },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const ifMatch = readIfMatch(c.req.header('if-match'))
      await replies.delete(c.var.actor, c.req.valid('param').id, ifMatch)
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/replies/{id}/restore',
      summary: 'Bring back a reply that one has deleted',
      request: { params: idParam },
      responses: { 200: oneReply, ...refusals },
    }),
    async (c) => c.json(tagged(c, await replies.restore(c.var.actor, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/replies/{id}/moderation',
      summary: 'Hide a reply for a reason, or show it again',
      request: { params: idParam, body: jsonBody(replyModeration) },
      responses: { 200: oneReply, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await replies.moderate(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/replies/{id}/history',
      summary: 'How a reply read before it was edited, oldest first',
      request: { params: idParam },
      responses: { 200: json(listOf(replyVersion), 'The earlier wordings.'), ...refusals },
    }),
    async (c) => {
      const wordings = await replies.history(c.var.actor, c.req.valid('param').id)
      const items = wordings.map(({ body, ...rest }) => ({ ...rest, body: richText.parse(body) }))
      return c.json({ items, next: null }, 200)
    },
  )
}

function tagged(c: Context, given: Reply): Reply {
  c.header('ETag', toEtag(given.version))
  return given
}
