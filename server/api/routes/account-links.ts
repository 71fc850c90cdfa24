/** Routes for whoever has a secret link, or asks for one. */
import { createRoute } from '@hono/zod-openapi'
import { emailConfirmation, linkUsed, passwordReset, passwordResetRequest } from '#domain/wire/account.ts'
import type { Api, ApiContext } from '../api.ts'
import { json, jsonBody, refusals } from '../describe.ts'

/** Registers password resets and the confirmation of addresses. */
export function registerAccountLinkRoutes(api: Api, { services: { accountLinks } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/password-resets',
      summary: 'Have a link mailed to choose a new password',
      request: { body: jsonBody(passwordResetRequest) },
      responses: { 202: { description: 'If somebody has this address, a link is on its way.' }, ...refusals },
      security: [],
    }),
    async (c) => {
      await accountLinks.askPasswordReset(c.req.valid('json').email)
      return c.body(null, 202)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/password-resets/use',
      summary: 'Choose a new password with the secret of a link',
      request: { body: jsonBody(passwordReset) },
      responses: { 200: json(linkUsed, 'The address to sign in with now.'), ...refusals },
      security: [],
    }),
    async (c) => {
      const { secret, password } = c.req.valid('json')
      return c.json(await accountLinks.resetPassword(secret, password), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/email-changes/confirm',
      summary: 'Confirm an e-mail address with the secret of a link',
      request: { body: jsonBody(emailConfirmation) },
      responses: { 200: json(linkUsed, 'The address of the account now.'), ...refusals },
      security: [],
    }),
    async (c) => c.json(await accountLinks.confirmEmail(c.req.valid('json').secret), 200),
  )
}
