/** Routes by which strangers come in: with the secret of a link, which is why it stands in the body, not in an address. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { joining, offer, setup } from '#domain/wire/account.ts'
import { id, personRef } from '#domain/wire/shared.ts'
import type { Api, ApiContext } from '../api.ts'
import { json, jsonBody, refusals } from '../describe.ts'

const joined = z.object({ groupSlug: z.string(), userId: id })

/** Registers the setup of an empty server, and what can be done with an invitation link. */
export function registerJoiningRoutes(api: Api, { services: { accounts, groups } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/setup',
      summary: 'Make the first administrator with the secret of the setup link',
      request: { body: jsonBody(setup) },
      responses: { 201: json(personRef, 'The administrator, who may sign in now.'), ...refusals },
      security: [],
    }),
    async (c) => {
      const { secret, ...account } = c.req.valid('json')
      return c.json(await accounts.setUp(secret, account), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/invitations/look',
      summary: 'What an invitation offers',
      request: { body: jsonBody(joining.pick({ secret: true })) },
      responses: { 200: json(offer, 'The group and the role in it.'), ...refusals },
      security: [],
    }),
    async (c) => {
      const found = await groups.invitation(c.req.valid('json').secret)
      if (!found) throw new AppError('not-found', 'This invitation is not valid, or not any more.')
      return c.json(found, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/invitations/join',
      summary: 'Join a group: signed in, or with a new account',
      request: { body: jsonBody(joining) },
      responses: { 200: json(joined, 'Joined, or a member already.'), ...refusals },
      security: [],
    }),
    async (c) => {
      const { secret, account } = c.req.valid('json')
      const { actor } = c.var
      if (account) return c.json(await groups.joinAsNewPerson(secret, account), 200)
      if (actor.kind !== 'person') throw new AppError('unauthenticated', 'Please sign in.')
      return c.json({ ...(await groups.join(actor, secret)), userId: actor.userId }, 200)
    },
  )
}
