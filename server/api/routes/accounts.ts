/** Routes about accounts, for administrators. */
import { createRoute } from '@hono/zod-openapi'
import { account, newAccount } from '#domain/wire/account.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { json, jsonBody, refusals } from '../describe.ts'

/** Registers `/accounts`. */
export function registerAccountRoutes(api: Api, { services: { accounts } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/accounts',
      summary: 'All accounts',
      responses: { 200: json(listOf(account), 'The accounts, oldest first.'), ...refusals },
    }),
    async (c) => c.json({ items: [...(await accounts.list(c.var.actor))], next: null }, 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/accounts',
      summary: 'Make an account',
      request: { body: jsonBody(newAccount) },
      responses: { 201: json(account, 'The account.'), ...refusals },
    }),
    async (c) => c.json(await accounts.create(c.var.actor, c.req.valid('json')), 201),
  )
}
