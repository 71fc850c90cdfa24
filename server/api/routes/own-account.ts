/** Routes about one's own account. */
import { createRoute } from '@hono/zod-openapi'
import {
  accountDeletion,
  emailChange,
  letterSent,
  ownChange,
  passwordChange,
  session,
} from '#domain/wire/account.ts'
import { me } from '#domain/wire/group.ts'
import { listOf } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { attachment, attachmentHeaders } from '../attachment.ts'
import { done, json, jsonBody, refusals } from '../describe.ts'
import { toTextStream } from '../text-stream.ts'

/** Registers what a person does with the account that they are signed in to. */
export function registerOwnAccountRoutes(api: Api, { services }: ApiContext): void {
  const { access, accounts, accountLinks, ownAccount } = services

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/me',
      summary: 'Change one’s name',
      request: { body: jsonBody(ownChange) },
      responses: { 200: json(me, 'The person.'), ...refusals },
    }),
    async (c) => {
      await ownAccount.rename(c.var.actor, c.req.valid('json'))
      // Whoever asks has another name now.
      return c.json(await accounts.me(await access.resolveActor(c.req.raw.headers)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/password',
      summary: 'Choose another password; every browser is signed out',
      request: { body: jsonBody(passwordChange) },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await ownAccount.changePassword(c.var.actor, c.req.valid('json'))
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/email',
      summary: 'Ask for another e-mail address, which is confirmed by a link that is mailed there',
      request: { body: jsonBody(emailChange) },
      responses: { 202: json(letterSent, 'The link is on its way.'), ...refusals },
    }),
    async (c) => c.json(await accountLinks.askEmailChange(c.var.actor, c.req.valid('json')), 202),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/sessions',
      summary: 'The browsers that are signed in',
      responses: { 200: json(listOf(session), 'The one last seen first.'), ...refusals },
    }),
    async (c) => c.json({ items: [...(await ownAccount.sessions(c.var.actor))], next: null }, 200),
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/sessions',
      summary: 'Sign every browser out',
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await ownAccount.endSessions(c.var.actor)
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/data',
      summary: 'Everything that the server knows of the person, as one JSON file',
      responses: { 200: attachment('The file.'), ...refusals },
    }),
    async (c) => {
      const pieces = await ownAccount.exportData(c.var.actor)
      return new Response(toTextStream(pieces), {
        headers: attachmentHeaders({ contentType: 'application/json', fileName: 'postil-my-data.json' }),
      })
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/deletion',
      summary: 'Delete one’s account; what one wrote to others stays, by “Former reader”',
      request: { body: jsonBody(accountDeletion) },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await ownAccount.remove(c.var.actor, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
}
