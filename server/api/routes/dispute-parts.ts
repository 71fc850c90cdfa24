/** Routes about what a dispute is made of: its passages, its positions with their notes, its evidence. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Dispute, dispute } from '#domain/wire/dispute.ts'
import {
  evidenceChange,
  newDisputePassage,
  newEvidence,
  newPosition,
  positionChange,
} from '#domain/wire/dispute-requests.ts'
import { listOf } from '#domain/wire/shared.ts'
import { noteVersion } from '#domain/wire/thread.ts'
import type { Api, ApiContext } from '../api.ts'
import { idParam, json, jsonBody, refusals } from '../describe.ts'
import { toEtag } from '../etag.ts'

/** The answer of everything that shows or changes a dispute. */
export const oneDispute = json(dispute, 'The dispute as it is now.')
export const now = { 200: oneDispute, ...refusals }

const part = z.string().min(1).max(64)
const passageParams = idParam.extend({ passageId: part })
const positionParams = idParam.extend({ positionId: part })
const versionParams = positionParams.extend({ v: z.coerce.number().int().positive().max(2_147_483_647) })
const evidenceParams = idParam.extend({ evidenceId: part })

/** Registers everything under `/disputes/{id}/passages`, `positions` and `evidence`. */
export function registerDisputePartRoutes(api: Api, context: ApiContext): void {
  registerPassages(api, context)
  registerPositions(api, context)
  registerPositionNotes(api, context)
  registerEvidence(api, context)
}

/** The dispute as the answer to the request, with its version in the header. */
export function tagged(c: Context, shown: Dispute): Dispute {
  c.header('ETag', toEtag(shown.version))
  return shown
}

function registerPassages(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/passages',
      summary: 'Make it be about one more passage, of any document that one may read',
      request: { params: idParam, body: jsonBody(newDisputePassage) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await disputes.addPassage(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/disputes/{id}/passages/{passageId}',
      summary: 'Take a passage out of what it is about; the history still says that it was there',
      request: { params: passageParams },
      responses: now,
    }),
    async (c) => {
      const { id, passageId } = c.req.valid('param')
      return c.json(tagged(c, await disputes.removePassage(c.var.actor, id, passageId)), 200)
    },
  )
}

function registerPositions(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/positions',
      summary: 'Add a position; its note, in the room of the same id, is written by those who hold it',
      request: { params: idParam, body: jsonBody(newPosition) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await disputes.addPosition(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/disputes/{id}/positions/{positionId}',
      summary: 'Word a position otherwise, withdraw it, or take it up again; stances stay with it',
      request: { params: positionParams, body: jsonBody(positionChange) },
      responses: now,
    }),
    async (c) => {
      const { id, positionId } = c.req.valid('param')
      const changed = await disputes.changePosition(c.var.actor, id, positionId, c.req.valid('json'))
      return c.json(tagged(c, changed), 200)
    },
  )
}

function registerPositionNotes(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/disputes/{id}/positions/{positionId}/versions',
      summary: 'Earlier states of a position’s note, oldest first',
      request: { params: positionParams },
      responses: { 200: json(listOf(noteVersion), 'The versions.'), ...refusals },
    }),
    async (c) => {
      const { id, positionId } = c.req.valid('param')
      const versions = await disputes.noteVersions(c.var.actor, id, positionId)
      const items = versions.map((version) => ({ ...version, authors: [...version.authors] }))
      return c.json({ items, next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/positions/{positionId}/versions/{v}/restore',
      summary: 'Make a position’s note say again what it said in a version; what it says now becomes one',
      request: { params: versionParams },
      responses: now,
    }),
    async (c) => {
      const { id, positionId, v } = c.req.valid('param')
      return c.json(tagged(c, await disputes.restoreNote(c.var.actor, id, positionId, v)), 200)
    },
  )
}

function registerEvidence(api: Api, { services: { disputes } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/disputes/{id}/evidence',
      summary: 'Bring evidence for or against a position: a passage, a parallel, a thread, or a citation',
      request: { params: idParam, body: jsonBody(newEvidence) },
      responses: now,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(tagged(c, await disputes.addEvidence(c.var.actor, id, c.req.valid('json'))), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/disputes/{id}/evidence/{evidenceId}',
      summary: 'Move evidence to another position or side, or change what is said of it',
      request: { params: evidenceParams, body: jsonBody(evidenceChange) },
      responses: now,
    }),
    async (c) => {
      const { id, evidenceId } = c.req.valid('param')
      const changed = await disputes.changeEvidence(c.var.actor, id, evidenceId, c.req.valid('json'))
      return c.json(tagged(c, changed), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/disputes/{id}/evidence/{evidenceId}',
      summary: 'Take evidence out of a dispute; its history still says that it was there',
      request: { params: evidenceParams },
      responses: now,
    }),
    async (c) => {
      const { id, evidenceId } = c.req.valid('param')
      return c.json(tagged(c, await disputes.removeEvidence(c.var.actor, id, evidenceId)), 200)
    },
  )
}
