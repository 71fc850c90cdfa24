/** Routes about layers. */
import { createRoute } from '@hono/zod-openapi'
import { layer, layerChange } from '#domain/wire/group.ts'
import type { Api, ApiContext } from '../api.ts'
import { idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'

/** Registers `/layers`. */
export function registerLayerRoutes(api: Api, { services: { layers } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/layers/{id}',
      summary: 'A layer one may read',
      request: { params: idParam },
      responses: { 200: json(layer, 'The layer.'), ...refusals },
    }),
    async (c) => {
      const found = await layers.get(c.var.actor, c.req.valid('param').id)
      c.header('ETag', toEtag(found.version))
      return c.json(found, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/layers/{id}',
      summary: 'Set a layer: who reads and writes it, from when, on what condition, over which groups',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(layerChange) },
      responses: { 200: json(layer, 'The layer as it is now.'), ...refusals },
    }),
    async (c) => {
      const ifMatch = readIfMatch(c.req.header('if-match'))
      const { id } = c.req.valid('param')
      const changed = await layers.change(c.var.actor, id, c.req.valid('json'), ifMatch)
      c.header('ETag', toEtag(changed.version))
      return c.json(changed, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/layers/{id}/reveal',
      summary: 'Uncover a blind layer for everybody',
      request: { params: idParam },
      responses: { 200: json(layer, 'The layer as it is now.'), ...refusals },
    }),
    async (c) => {
      const revealed = await layers.reveal(c.var.actor, c.req.valid('param').id)
      c.header('ETag', toEtag(revealed.version))
      return c.json(revealed, 200)
    },
  )
}
