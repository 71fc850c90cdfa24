/** The route that hands out everything on the server, for administrators. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Api, ApiContext } from '../api.ts'
import { attachmentHeaders } from '../attachment.ts'
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
        200: {
          description: 'The file, as of one moment; it was read again before it is sent.',
          content: { [contentType]: { schema: z.string().openapi({ format: 'binary' }) } },
        },
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
