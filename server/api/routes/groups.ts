/** Routes about groups, their members and invitations. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  group,
  groupChange,
  invitation,
  memberChange,
  newGroup,
  newInvitation,
  newMember,
} from '#domain/wire/group.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'

const memberParams = idParam.extend({ userId: z.string().min(1).max(64) })

/** Registers `/groups`. */
export function registerGroupRoutes(api: Api, { services: { groups } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/groups',
      summary: 'Make a group and own it',
      request: { body: jsonBody(newGroup) },
      responses: { 201: json(group, 'The group, with its discussion and commentary layers.'), ...refusals },
    }),
    async (c) => {
      const made = await groups.create(c.var.actor, c.req.valid('json'))
      c.header('ETag', toEtag(made.version))
      c.header('Location', `/api/v1/groups/${made.id}`)
      return c.json(made, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/groups/{id}',
      summary: 'A group one belongs to, by id or slug',
      request: { params: idParam },
      responses: { 200: json(group, 'The group.'), ...refusals },
    }),
    async (c) => {
      const found = await groups.get(c.var.actor, c.req.valid('param').id)
      c.header('ETag', toEtag(found.version))
      return c.json(found, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{id}',
      summary: 'Rename a group, set its reading list',
      request: { params: idParam, headers: ifMatchHeader, body: jsonBody(groupChange) },
      responses: { 200: json(group, 'The group as it is now.'), ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ifMatch = readIfMatch(c.req.header('if-match'))
      const changed = await groups.change(c.var.actor, id, c.req.valid('json'), ifMatch)
      c.header('ETag', toEtag(changed.version))
      return c.json(changed, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/groups/{id}/members',
      summary: 'Add a person who has an account',
      request: { params: idParam, body: jsonBody(newMember) },
      responses: { 200: json(group, 'The group as it is now.'), ...refusals },
    }),
    async (c) =>
      c.json(await groups.addMember(c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  )

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{id}/members/{userId}',
      summary: 'Give a member another role',
      request: { params: memberParams, body: jsonBody(memberChange) },
      responses: { 200: json(group, 'The group as it is now.'), ...refusals },
    }),
    async (c) => {
      const { id, userId } = c.req.valid('param')
      return c.json(await groups.changeMember(c.var.actor, id, userId, c.req.valid('json').role), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{id}/members/{userId}',
      summary: 'Remove a member, or leave',
      request: { params: memberParams },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const { id, userId } = c.req.valid('param')
      await groups.removeMember(c.var.actor, id, userId)
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/groups/{id}/invitations',
      summary: 'Make an invitation link; it is shown this once',
      request: { params: idParam, body: jsonBody(newInvitation) },
      responses: { 201: json(invitation, 'The link.'), ...refusals },
    }),
    async (c) => c.json(await groups.invite(c.var.actor, c.req.valid('param').id, c.req.valid('json')), 201),
  )
}
