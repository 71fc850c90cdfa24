/** Routes of the audit. */
import { createRoute } from '@hono/zod-openapi'
import { auditEntry, auditFileQuery, auditQuery } from '#domain/wire/audit.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { json, refusals } from '../describe.ts'
import { toTextStream } from '../text-stream.ts'

/** Registers `/audit`: the server's for administrators, with `group` a group's for its owners. */
export function registerAuditRoutes(api: Api, { services: { audit } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/audit',
      summary: 'Who did what, when and from where, on the server or in a group',
      request: { query: auditQuery },
      responses: { 200: json(listOf(auditEntry), 'The newest first.'), ...refusals },
    }),
    async (c) => c.json(await audit.list(c.var.actor, c.req.valid('query')), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/audit/file',
      summary: 'The same as a CSV file, whole',
      request: { query: auditFileQuery },
      responses: { 200: attachment('The file, the newest first.'), ...refusals },
    }),
    async (c) => {
      const lines = await audit.file(c.var.actor, c.req.valid('query'))
      return new Response(toTextStream(lines), {
        headers: attachmentHeaders({ contentType: 'text/csv; charset=utf-8', fileName: 'postil-audit.csv' }),
      })
    },
  )
}
