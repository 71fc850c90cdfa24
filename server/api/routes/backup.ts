/** The route that hands out everything on the server, for administrators. */
import { createRoute } from '@hono/zod-openapi'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { refusals } from '../describe.ts'

const contentType = 'application/octet-stream'

/** Registers `/backup`. */
export function registerBackupRoutes(api: Api, { services: { backups } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/backup',
      summary: 'Everything on this server as one file, as `restore` takes it',
      responses: {
        200: attachment('The file, as of one moment; it was read again before it is sent.'),
        ...refusals,
      },
    }),
    async (c) => {
      const { stream, bytes, fileName } = await backups.download(c.var.actor)
      return new Response(stream, {
        headers: { ...attachmentHeaders({ contentType, fileName }), 'Content-Length': String(bytes) },
      })
    },
  )
}
