/** Routes about accounts, for administrators. */
import { createRoute } from '@hono/zod-openapi'
import { account, accountChange, newAccount, passwordResetLink } from '#domain/wire/account.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { idParam, json, jsonBody, refusals } from '../describe.ts'

/** Registers `/accounts`. */
export function registerAccountRoutes(api: Api, { services: { accounts, accountLinks } }: ApiContext): void {
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

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/accounts/{id}',
      summary: 'Change an account, or disable it: sessions, tokens and sockets end at once',
      request: { params: idParam, body: jsonBody(accountChange) },
      responses: { 200: json(account, 'The account.'), ...refusals },
    }),
    async (c) =>
      c.json(await accounts.change(c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{id}/password-resets',
      summary: 'Make a link to choose a new password: it is mailed, or else shown to be handed on',
      request: { params: idParam },
      responses: { 201: json(passwordResetLink, 'The link, or where it was mailed to.'), ...refusals },
    }),
    async (c) => c.json(await accountLinks.makePasswordReset(c.var.actor, c.req.valid('param').id), 201),
  )
}
