/** Routes about editions: bringing them in, publishing them, what they do to the passages, and two side by side. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '#domain/app-error.ts'
import { document } from '#domain/wire/document.ts'
import {
  anchor,
  anchorDecision,
  anchorList,
  anchorQuery,
  comparison,
  comparisonQuery,
  edition,
  editionRepair,
  editionReport,
  type NewEdition,
  newEdition,
  repeatedEdition,
  whichAnchors,
} from '#domain/wire/edition.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { EditionRequest } from '../../services/contracts/editions.ts'
import type { Api, ApiContext, ApiEnv } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'
import { answerByEvents, type LongWork, progressEvents, wantsProgress } from '../tell-progress.ts'
import { documentUpload, fromContent, fromUpload } from './document-upload.ts'

const editionUpload = documentUpload.pick({ file: true, id: true, format: true, repairs: true }).strict()
type EditionUpload = z.infer<typeof editionUpload>

/** A document and the number of one of its editions. */
const editionParams = idParam.extend({ n: z.coerce.number().int().min(1).max(2_147_483_647) })
const report = json(editionReport, 'The edition, and how the passages that one may read stand in it.')

/** Registers what stands below `/documents/{id}/editions`, and `/anchors`. */
export function registerEditionRoutes(api: Api, context: ApiContext): void {
  registerBringingIn(api, context)
  registerPublishing(api, context)
  registerAnchors(api, context)
  registerComparing(api, context)
}

function registerBringingIn(api: Api, { services: { editions }, log }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/editions',
      summary:
        'Bring in a new edition and see what it does to the passages; nobody reads it before it is published',
      request: {
        params: idParam,
        body: {
          content: {
            'multipart/form-data': { schema: editionUpload },
            'application/json': { schema: newEdition },
          },
        },
      },
      responses: { 200: progressEvents, 201: report, ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const isMultipart = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
      const source = await toEditionRequest(isMultipart ? c.req.valid('form') : c.req.valid('json'))
      const preview = (long: LongWork) => editions.preview(c.var.actor, id, { ...source, ...long })
      if (wantsProgress(c)) return answerByEvents(c, log, 201, preview)
      const made = await preview({ signal: c.req.raw.signal })
      c.header('Location', toLocation(id, made.edition.number))
      return c.json(made, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/editions/{n}/repeat',
      summary: 'Preview a new edition made of the same original with other repairs: so each can be undone',
      request: { params: editionParams, body: jsonBody(repeatedEdition) },
      responses: { 200: progressEvents, 201: report, ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      const wanted = c.req.valid('json')
      const repeat = (long: LongWork) => editions.repeat(c.var.actor, id, n, { ...wanted, ...long })
      if (wantsProgress(c)) return answerByEvents(c, log, 201, repeat)
      const made = await repeat({ signal: c.req.raw.signal })
      c.header('Location', toLocation(id, made.edition.number))
      return c.json(made, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions',
      summary: 'The editions of a document, the newest first; previews for those who may change it',
      request: { params: idParam },
      responses: { 200: json(listOf(edition), 'All of them.'), ...refusals },
    }),
    async (c) => {
      const items = [...(await editions.list(c.var.actor, c.req.valid('param').id))]
      return c.json({ items, next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions/{n}',
      summary: 'An edition, and how the passages stand in it',
      request: { params: editionParams, query: whichAnchors },
      responses: { 200: report, ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      return c.json(await editions.report(c.var.actor, id, n, c.req.valid('query')), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions/{n}/repairs',
      summary: 'What the import repaired, with the first of the places, now and as the source has them',
      request: { params: editionParams },
      responses: { 200: json(listOf(editionRepair), 'One for each kind of repair.'), ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      const items = [...(await editions.repairs(c.var.actor, id, n))]
      return c.json({ items, next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions/{n}/original',
      summary: 'The file an edition was made of, byte for byte',
      request: { params: editionParams },
      responses: {
        200: attachment('The file, to be saved and not shown.'),
        ...refusals,
      },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      const original = await editions.original(c.var.actor, id, n)
      return c.body(new Uint8Array(original.bytes), 200, attachmentHeaders(original))
    },
  )
}

function registerPublishing(api: Api, { services: { editions } }: ApiContext): void {
  const change = {
    request: { params: editionParams },
    responses: { 200: json(document, 'The document as it is now.'), ...refusals },
  }
  const answer = (c: Context<ApiEnv>, changed: z.infer<typeof document>) => {
    c.header('ETag', toEtag(changed.version))
    return changed
  }

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/editions/{n}/publish',
      summary: 'Make an edition the current one; what was written since the preview is anchored too',
      ...change,
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      return c.json(answer(c, await editions.publish(c.var.actor, id, n)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/editions/{n}/rollback',
      summary: 'Go back from the current edition to the one that was current before it',
      ...change,
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      return c.json(answer(c, await editions.rollBack(c.var.actor, id, n)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/documents/{id}/editions/{n}',
      summary: 'Throw away a preview that was never published',
      request: { params: editionParams },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      await editions.discard(c.var.actor, id, n)
      return c.body(null, 204)
    },
  )
}

function registerAnchors(api: Api, { services: { editions } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions/{n}/anchors',
      summary:
        'Where each passage stands in an edition, with the words then and now, in the order of the text',
      request: { params: editionParams, query: anchorQuery },
      responses: { 200: json(anchorList, 'One page of them.'), ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      return c.json(await editions.anchors(c.var.actor, id, n, c.req.valid('query')), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/anchors/{id}',
      summary: 'Where one passage stands in an edition',
      request: { params: idParam },
      responses: { 200: json(anchor, 'Where it stands.'), ...refusals },
    }),
    async (c) => {
      const row = await editions.anchor(c.var.actor, c.req.valid('param').id)
      c.header('ETag', toEtag(row.version))
      return c.json(row, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/anchors/{id}',
      summary: 'Decide where a passage stands: accept it, put it elsewhere, or leave it as orphaned',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(anchorDecision) },
      responses: { 200: json(anchor, 'Where it stands now.'), ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ifMatch = readIfMatch(c.req.header('if-match'))
      const decided = await editions.decide(c.var.actor, id, c.req.valid('json'), ifMatch)
      c.header('ETag', toEtag(decided.version))
      return c.json(decided, 200)
    },
  )
}

function registerComparing(api: Api, { services: { editions } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/editions/{n}/comparison',
      summary: 'One section of an edition beside what stands there in another, with the words that differ',
      request: { params: editionParams, query: comparisonQuery },
      responses: { 200: json(comparison, 'The section, row by row.'), ...refusals },
    }),
    async (c) => {
      const { id, n } = c.req.valid('param')
      const compared = await editions.compare(c.var.actor, id, n, c.req.valid('query'))
      return c.json(comparison.parse(compared), 200)
    },
  )
}

/** What neither schema took is neither of the two: its content type is another one. */
async function toEditionRequest(
  body: EditionUpload | NewEdition | Record<never, never>,
): Promise<EditionRequest> {
  if (!('file' in body) && !('content' in body)) {
    throw new AppError('unsupported-format', 'Send a file as multipart/form-data, or application/json.')
  }
  const { properties, ...source } =
    'file' in body ? await fromUpload(body) : fromContent({ ...body, visibility: 'group', groups: [] })
  return { ...source, id: properties.id }
}

/** A document may be named by its slug, which is of any script; a header is not. */
const toLocation = (idOrSlug: string, number: number) =>
  `/api/v1/documents/${encodeURIComponent(idOrSlug)}/editions/${number}`
