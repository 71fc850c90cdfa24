/** Routes about oneself. */
import { createRoute } from '@hono/zod-openapi'
import { AppError } from '#domain/app-error.ts'
import { newToken, shownToken, token } from '#domain/wire/account.ts'
import { me } from '#domain/wire/group.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, json, jsonBody, refusals } from '../describe.ts'

/** Registers `/me` and the API tokens of the person who asks. */
export function registerMeRoutes(api: Api, { services: { accounts } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/me',
      summary: 'Who asks, with their groups and the layers they may read',
      responses: { 200: json(me, 'The person.'), ...refusals },
    }),
    async (c) => c.json(await accounts.me(c.var.actor), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/tokens',
      summary: 'One’s own API tokens, without their secrets',
      responses: { 200: json(listOf(token), 'The tokens that are valid.'), ...refusals },
    }),
    async (c) => c.json({ items: [...(await accounts.tokens(c.var.actor))], next: null }, 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/tokens',
      summary: 'Make an API token; it is shown this once',
      request: { body: jsonBody(newToken) },
      responses: { 201: json(shownToken, 'The token.'), ...refusals },
    }),
    async (c) => {
      const { actor } = c.var
      if (actor.kind !== 'person') throw new AppError('unauthenticated', 'Please sign in.')
      const wanted = c.req.valid('json')
      return c.json(await accounts.createToken(actor, { ...wanted, userId: actor.userId }), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/tokens/{id}',
      summary: 'Revoke an API token',
      request: { params: idParam },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await accounts.revokeToken(c.var.actor, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
}
