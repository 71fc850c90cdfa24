/** Routes about documents: the corpus. What is read of one document is in `reading.ts`. */
import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '#domain/app-error.ts'
import {
  document,
  documentChange,
  importedCollection,
  importedDocument,
  type NewDocument,
  newDocument,
} from '#domain/wire/document.ts'
import { listOf, pageQuery } from '#domain/wire/shared.ts'
import type { ImportRequest } from '../../services/contracts/documents.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'
import { answerByEvents, type LongWork, progressEvents, wantsProgress } from '../tell-progress.ts'
import {
  archiveUpload,
  type DocumentUpload,
  documentUpload,
  fromArchive,
  fromContent,
  fromUpload,
} from './document-upload.ts'
import { registerReadingRoutes } from './reading.ts'

const documentsQuery = pageQuery.extend({
  q: z.string().max(200).optional().openapi({ description: 'Words in the title or the authors’ names.' }),
})

/** Registers `/documents`. */
export function registerDocumentRoutes(api: Api, context: ApiContext): void {
  const { documents } = context.services

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents',
      summary: 'Bring in a document: a file as multipart, or its content as JSON',
      request: {
        body: {
          content: {
            'multipart/form-data': { schema: documentUpload },
            'application/json': { schema: newDocument },
          },
        },
      },
      responses: {
        200: progressEvents,
        201: json(importedDocument, 'The document, whole and readable, and what its import did.'),
        ...refusals,
      },
    }),
    async (c) => {
      const isMultipart = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
      const source = await toImportRequest(isMultipart ? c.req.valid('form') : c.req.valid('json'))
      const bringIn = (long: LongWork) => documents.importDocument(c.var.actor, { ...source, ...long })
      if (wantsProgress(c)) return answerByEvents(c, context.log, 201, bringIn)
      const made = await bringIn({ signal: c.req.raw.signal })
      c.header('ETag', toEtag(made.version))
      c.header('Location', `/api/v1/documents/${made.id}`)
      return c.json(made, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/documents/archive',
      summary:
        'Bring in every text of a ZIP; relative links between its files become links between documents',
      request: { body: { content: { 'multipart/form-data': { schema: archiveUpload } }, required: true } },
      responses: {
        200: progressEvents,
        201: json(
          importedCollection,
          'The documents, and the files that were not brought in, each with why.',
        ),
        ...refusals,
      },
    }),
    async (c) => {
      const collection = await fromArchive(c.req.valid('form'))
      const bringIn = (long: LongWork) => documents.importCollection(c.var.actor, { ...collection, ...long })
      if (wantsProgress(c)) return answerByEvents(c, context.log, 201, bringIn)
      return c.json(await bringIn({ signal: c.req.raw.signal }), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents',
      summary: 'The documents one may read, by title',
      request: { query: documentsQuery },
      responses: { 200: json(listOf(document), 'One page of them.'), ...refusals },
    }),
    async (c) => c.json(await documents.list(c.var.actor, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}',
      summary: 'A document, by id or slug',
      request: { params: idParam },
      responses: { 200: json(document, 'The document.'), ...refusals },
    }),
    async (c) => {
      const found = await documents.get(c.var.actor, c.req.valid('param').id)
      c.header('ETag', toEtag(found.version))
      return c.json(found, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/documents/{id}',
      summary: 'Change what is said about a document, and who may read it',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(documentChange) },
      responses: { 200: json(document, 'The document as it is now.'), ...refusals },
    }),
    async (c) => {
      const ifMatch = readIfMatch(c.req.header('if-match'))
      const { id } = c.req.valid('param')
      const changed = await documents.change(c.var.actor, id, c.req.valid('json'), ifMatch)
      c.header('ETag', toEtag(changed.version))
      return c.json(changed, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/documents/{id}',
      summary: 'Withdraw a document: only administrators see it from then on',
      request: { params: idParam, headers: ifMatchHeader },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const ifMatch = readIfMatch(c.req.header('if-match'))
      await documents.withdraw(c.var.actor, c.req.valid('param').id, ifMatch)
      return c.body(null, 204)
    },
  )

  registerReadingRoutes(api, context)
}

/** What neither schema took is neither of the two: its content type is another one. */
async function toImportRequest(
  body: DocumentUpload | NewDocument | Record<never, never>,
): Promise<ImportRequest> {
  if ('file' in body) return fromUpload(body)
  if ('content' in body) return fromContent(body)
  throw new AppError('unsupported-format', 'Send a file as multipart/form-data, or application/json.')
}
