/** Routes about disputes. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  type Dispute,
  disputeMap,
  disputeNews,
  disputeNewsCount,
  disputeSummary,
} from '#domain/wire/dispute.ts'
import {
  disputeChange,
  disputeFilter,
  disputeQuery,
  exportFormat,
  newDispute,
  newDisputeOnPassage,
  newDisputeStatus,
  newStance,
} from '#domain/wire/dispute-requests.ts'
import { listOf, personRef } from '#domain/wire/shared.ts'
import type { DisputeFile } from '../../services/contracts/disputes.ts'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch } from '../etag.ts'
import { now, oneDispute, registerDisputePartRoutes, tagged } from './dispute-parts.ts'

const exportQuery = z.strictObject({ format: exportFormat })
const file = attachment('Markdown, CSV, Argdown, or W3C Web Annotations as JSON-LD.')

/** Registers `/disputes`, raising threads, and the map of a document. */
export function registerDisputeRoutes(api: Api, context: ApiContext): void {
  registerRaising(api, context)
  registerRegister(api, context)
  registerOneDispute(api, context)
  registerDisputePartRoutes(api, context)
  registerFollowing(api, context)
}

function registerRaising(api: Api, { services: { disputes } }: ApiContext): void {
  const answer = (c: Context, made: Dispute) => {
    c.header('Location', `/api/v1/disputes/${made.id}`)
    return c.json(tagged(c, made), 201)
  }

  api.openapi(
    createRoute({
      method: 'post',
      path: '/threads/{id}/dispute',
      summary: 'Raise a thread to a dispute',
      request: { params: idParam, body: jsonBody(newDispute) },
      responses: { 201: oneDispute, ...refusals },
    }),
    async (c) => answer(c, await disputes.raise(c.var.actor, c.req.valid('param').id, c.req.valid('json'))),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes',
      summary: 'Open a dispute on passages, and the thread that it is raised from',
      request: { body: jsonBody(newDisputeOnPassage) },
      responses: { 201: oneDispute, ...refusals },
    }),
    async (c) => answer(c, await disputes.open(c.var.actor, c.req.valid('json'))),
  )
}

function registerRegister(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes',
      summary: 'The register: every dispute that one may see',
      request: { query: disputeQuery },
      responses: { 200: json(listOf(disputeSummary), 'A page of disputes.'), ...refusals },
    }),
    async (c) => c.json(await disputes.list(c.var.actor, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes/export',
      summary: 'All of the register that the filter keeps, as a file',
      request: { query: disputeFilter.extend(exportQuery.shape) },
      responses: { 200: file, ...refusals },
    }),
    async (c) => {
      const { format, ...filter } = c.req.valid('query')
      return answerFile(c, await disputes.export(c.var.actor, filter, format))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes/people',
      summary:
        'Whose disputes one may ask the register for: who raised one, stated a position or openly holds one',
      responses: { 200: json(listOf(personRef), 'All of them, up to 500, by name.'), ...refusals },
    }),
    async (c) => c.json({ items: [...(await disputes.people(c.var.actor))], next: null }, 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/disputes',
      summary: 'Where along a document its disputes lie, how divided each is, and was from week to week',
      request: { params: idParam },
      responses: { 200: json(disputeMap, 'The map.'), ...refusals },
    }),
    async (c) => c.json(await disputes.map(c.var.actor, c.req.valid('param').id), 200),
  )
}

function registerOneDispute(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes/{id}',
      summary: 'A dispute with its positions, evidence, stances and history',
      request: { params: idParam },
      responses: now,
    }),
    async (c) => c.json(tagged(c, await disputes.get(c.var.actor, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/disputes/{id}',
      summary: 'Put the question otherwise; the history keeps how it was put',
      request: { params: idParam, body: jsonBody(disputeChange) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await disputes.retitle(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes/{id}/export',
      summary: 'A dispute as a file',
      request: { params: idParam, query: exportQuery },
      responses: { 200: file, ...refusals },
    }),
    async (c) => {
      const { format } = c.req.valid('query')
      return answerFile(c, await disputes.export(c.var.actor, c.req.valid('param').id, format))
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/disputes/{id}/stance',
      summary: 'Say what one holds: a position, several with weights, or none (undecided)',
      request: { params: idParam, body: jsonBody(newStance) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await disputes.takeStance(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/status',
      summary:
        'Call it contested, settle it, set it aside, or reopen it; with If-Match, of what was last seen',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(newDisputeStatus) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ifMatch = readIfMatch(c.req.header('if-match'))
      return c.json(tagged(c, await disputes.setStatus(c.var.actor, id, c.req.valid('json'), ifMatch)), 200)
    },
  )
}

function registerFollowing(api: Api, { services: { disputes } }: ApiContext): void {
  for (const [method, wanted, summary] of [
    ['put', true, 'Hear of new evidence and of every change of the status'],
    ['delete', false, 'Hear of it no more'],
  ] as const) {
    api.openapi(
      createRoute({
        method,
        path: '/disputes/{id}/follow',
        summary,
        request: { params: idParam },
        responses: now,
      }),
      async (c) =>
        c.json(tagged(c, await disputes.follow(c.var.actor, c.req.valid('param').id, wanted)), 200),
    )
  }

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/dispute-news',
      summary: 'What is new in the disputes that one follows, the newest first',
      responses: { 200: json(listOf(disputeNews), 'All of it, up to a hundred.'), ...refusals },
    }),
    async (c) => c.json({ items: [...(await disputes.news(c.var.actor))], next: null }, 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/dispute-news/count',
      summary: 'How much is new in the disputes that one follows',
      responses: { 200: json(disputeNewsCount, 'The count.'), ...refusals },
    }),
    async (c) => c.json({ count: await disputes.newsCount(c.var.actor) }, 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/seen',
      summary: 'Up to which event of its history one has seen the dispute',
      request: {
        params: idParam,
        body: jsonBody(z.strictObject({ number: z.number().int().min(0).max(2_147_483_647) })),
      },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await disputes.markSeen(c.var.actor, c.req.valid('param').id, c.req.valid('json').number)
      return c.body(null, 204)
    },
  )
}

function answerFile(c: Context, { content, ...named }: DisputeFile) {
  return c.body(content, 200, attachmentHeaders(named))
}
