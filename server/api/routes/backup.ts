/** The routes by which everything on the server goes out, for administrators, and comes into an empty one. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { restored, setupHeader } from '#domain/wire/backup.ts'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { json, refusals } from '../describe.ts'

const contentType = 'application/octet-stream'

/** Registers `/backup` and `/setup/backup`. */
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

  api.openapi(
    createRoute({
      method: 'post',
      path: '/setup/backup',
      summary: 'Restore a backup into an empty server, with the secret of the setup link',
      request: {
        headers: z.object({ [setupHeader]: z.string() }),
        body: {
          required: true,
          content: { [contentType]: { schema: { type: 'string', format: 'binary' } } },
        },
      },
      responses: {
        200: json(restored, 'Everything is as it was. Everybody signs in again.'),
        ...refusals,
      },
      security: [],
    }),
    async (c) => {
      const { [setupHeader]: secret } = c.req.valid('header')
      const content = c.req.raw.body ?? new Blob().stream()
      return c.json(await backups.restoreBySetup(secret, content), 200)
    },
  )
}
