/** Routes about parallels: the same words elsewhere. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  checkedQuotations,
  parallel,
  parallelChange,
  parallelInContext,
  parallelList,
  parallelMarks,
  parallelMarksQuery,
  parallelQuery,
} from '#domain/wire/parallel.ts'
import type { Api, ApiContext } from '../api.ts'
import { idParam, json, jsonBody, refusals } from '../describe.ts'

/** From which of its two documents a parallel is seen. */
const seenFrom = z.strictObject({ document: z.string().min(1).max(200).optional() })

/** Registers a document's parallels, its marks, `/parallels`, and the quotations of a thread. */
export function registerParallelRoutes(api: Api, { services: { parallels } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/parallels',
      summary: 'Passages of a document whose words stand elsewhere too, in the order of its text',
      request: { params: idParam, query: parallelQuery },
      responses: {
        200: json(parallelList, 'A page of parallels that the asker may read both sides of.'),
        ...refusals,
      },
    }),
    async (c) =>
      c.json(await parallels.list(c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/parallels/marks',
      summary: 'Where words of a document stand elsewhere too, and in which documents, without the words',
      request: { params: idParam, query: parallelMarksQuery },
      responses: {
        200: json(parallelMarks, 'All of the range, in its order, that the asker may read both sides of.'),
        ...refusals,
      },
    }),
    async (c) =>
      c.json(await parallels.listMarks(c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/parallels/{id}',
      summary: 'A parallel with the text around both passages',
      request: { params: idParam, query: seenFrom },
      responses: { 200: json(parallelInContext, 'The parallel.'), ...refusals },
    }),
    async (c) => {
      const { document } = c.req.valid('query')
      return c.json(await parallels.get(c.var.actor, c.req.valid('param').id, document), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/parallels/{id}',
      summary: 'Say that two passages have nothing to do with each other, or take that back',
      request: { params: idParam, body: jsonBody(parallelChange) },
      responses: { 200: json(parallel, 'The parallel as it is now.'), ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await parallels.change(c.var.actor, id, c.req.valid('json')), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/threads/{id}/quotations',
      summary: 'The quotations in a thread’s note, each with where the corpus has it and how it differs',
      request: { params: idParam },
      responses: { 200: json(checkedQuotations, 'The quotations of five words or more.'), ...refusals },
    }),
    async (c) => {
      const items = await parallels.checkNote(c.var.actor, c.req.valid('param').id)
      return c.json({ items: [...items] }, 200)
    },
  )
}
