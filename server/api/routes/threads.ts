/** Routes about threads. Those about replies are registered with them. */
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { listOf } from '#domain/wire/shared.ts'
import {
  draftsToPost,
  moderation,
  newFlag,
  newStatus,
  newThread,
  noteVersion,
  type ThreadWithReplies,
  threadChange,
  threadList,
  threadQuery,
  threadsToMove,
  threadWithReplies,
} from '#domain/wire/thread.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'
import { registerReplyRoutes } from './replies.ts'

const oneThread = json(threadWithReplies, 'The thread as it is now.')

/** The number of a version, as the list of versions has it. */
const versionParams = idParam.extend({ v: z.coerce.number().int().min(0).max(2_147_483_647) })

/** Registers a document's threads and `/threads`, with their replies. */
export function registerThreadRoutes(api: Api, context: ApiContext): void {
  registerThreadReading(api, context)
  registerThreadWriting(api, context)
  registerThreadDeeds(api, context)
  registerReplyRoutes(api, context)
}

function registerThreadReading(api: Api, { services: { threads, notes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/threads',
      summary: 'The threads of a document, in the order of its text; with `since`, those that changed',
      request: { params: idParam, query: threadQuery },
      responses: { 200: json(threadList, 'A page of threads.'), ...refusals },
    }),
    async (c) => c.json(await threads.list(c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/threads/{id}',
      summary: 'A thread with its replies',
      request: { params: idParam },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => c.json(tagged(c, await threads.get(c.var.actor, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/threads/{id}/versions',
      summary: 'Earlier states of a thread’s note, oldest first',
      request: { params: idParam },
      responses: { 200: json(listOf(noteVersion), 'The versions.'), ...refusals },
    }),
    async (c) => {
      const versions = await notes.versions(c.var.actor, c.req.valid('param').id)
      const items = versions.map((version) => ({ ...version, authors: [...version.authors] }))
      return c.json({ items, next: null }, 200)
    },
  )
}

function registerThreadWriting(api: Api, { services: { threads } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads',
      summary: 'Open a thread about passages, or about a whole document',
      request: { body: jsonBody(newThread) },
      responses: { 201: json(threadWithReplies, 'The thread.'), ...refusals },
    }),
    async (c) => {
      const thread = await threads.create(c.var.actor, c.req.valid('json'))
      c.header('Location', `/api/v1/threads/${thread.id}`)
      return c.json(tagged(c, thread), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/threads/{id}',
      summary: 'Change what a thread is, is tagged with, or is about',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(threadChange) },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ifMatch = readIfMatch(c.req.header('if-match'))
      return c.json(tagged(c, await threads.change(c.var.actor, id, c.req.valid('json'), ifMatch)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/threads/{id}',
      summary: 'Delete a thread; while it has replies, a tombstone stays',
      request: { params: idParam, headers: ifMatchHeader },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const ifMatch = readIfMatch(c.req.header('if-match'))
      await threads.delete(c.var.actor, c.req.valid('param').id, ifMatch)
      return c.body(null, 204)
    },
  )
}

function registerThreadDeeds(api: Api, { services: { threads, notes, flags } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/post',
      summary: 'Release drafts together: all or none',
      request: { body: jsonBody(draftsToPost) },
      responses: {
        200: json(z.object({ items: z.array(threadWithReplies) }), 'The threads.'),
        ...refusals,
      },
    }),
    async (c) => {
      const posted = await threads.post(c.var.actor, c.req.valid('json').threadIds)
      return c.json({ items: [...posted] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/move',
      summary: 'Move threads to another layer, or copy their opening notes there: all or none',
      request: { body: jsonBody(threadsToMove) },
      responses: {
        200: json(z.object({ items: z.array(threadWithReplies) }), 'The threads as they stand there.'),
        ...refusals,
      },
    }),
    async (c) => {
      const moved = await threads.move(c.var.actor, c.req.valid('json'))
      return c.json({ items: [...moved] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/moderation',
      summary: 'Hide a thread for a reason or show it again, lock it or unlock it',
      request: { params: idParam, body: jsonBody(moderation) },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await threads.moderate(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/flags',
      summary: 'Ask the instructors to look at a thread or at one of its replies',
      request: { params: idParam, body: jsonBody(newFlag) },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await flags.flag(c.var.actor, c.req.valid('param').id, c.req.valid('json'))
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/restore',
      summary: 'Bring back a thread that one has deleted',
      request: { params: idParam },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => c.json(tagged(c, await threads.restore(c.var.actor, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/versions/{v}/restore',
      summary: 'Make a thread’s note say again what it said in a version; what it says now becomes one',
      request: { params: versionParams },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => {
      const { id, v } = c.req.valid('param')
      return c.json(tagged(c, await notes.restoreVersion(c.var.actor, id, v)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/status',
      summary: 'Resolve or reopen a thread, with a reason',
      request: { params: idParam, body: jsonBody(newStatus) },
      responses: { 200: oneThread, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await threads.setStatus(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )
}

function tagged(c: Context, thread: ThreadWithReplies): ThreadWithReplies {
  c.header('ETag', toEtag(thread.version))
  return thread
}
