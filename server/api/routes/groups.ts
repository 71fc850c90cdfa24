/** Routes about groups, their members and invitations. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  activity,
  group,
  groupChange,
  invitation,
  invitationRow,
  layer,
  memberChange,
  newGroup,
  newInvitation,
  newLayer,
  newMember,
  roster,
  rosterReport,
} from '#domain/wire/group.ts'
import { listOf } from '#domain/wire/shared.ts'
import { flag } from '#domain/wire/thread.ts'
import type { Api, ApiContext } from '../api.ts'
import { done, idParam, ifMatchHeader, json, jsonBody, refusals } from '../describe.ts'
import { readIfMatch, toEtag } from '../etag.ts'

const memberParams = idParam.extend({ userId: z.string().min(1).max(64) })

const invitationParams = idParam.extend({ invitationId: z.string().min(1).max(64) })

const flagQuery = z.strictObject({ settled: z.enum(['true', 'false']).default('false') })
const activityQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) })

/** Registers `/groups`. */
export function registerGroupRoutes(api: Api, context: ApiContext): void {
  registerGroups(api, context)
  registerMembers(api, context)
  registerInvitations(api, context)
  registerGroupMargins(api, context)
}

function registerGroups(api: Api, { services: { groups } }: ApiContext): void {
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
      summary: 'Rename or archive a group, set its reading list',
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
}

function registerMembers(api: Api, { services: { groups } }: ApiContext): void {
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
      summary: 'Give a member another role, mute them, or let them write again',
      request: { params: memberParams, body: jsonBody(memberChange) },
      responses: { 200: json(group, 'The group as it is now.'), ...refusals },
    }),
    async (c) => {
      const { id, userId } = c.req.valid('param')
      return c.json(await groups.changeMember(c.var.actor, id, userId, c.req.valid('json')), 200)
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
      path: '/groups/{id}/roster',
      summary: 'Bring in a class list: name, e-mail and role on each line',
      request: { params: idParam, body: jsonBody(roster) },
      responses: { 200: json(rosterReport, 'What became of each line.'), ...refusals },
    }),
    async (c) =>
      c.json(await groups.readRoster(c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerInvitations(api: Api, { services: { groups } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/groups/{id}/invitations',
      summary: 'The invitation links that are still valid, without their secrets',
      request: { params: idParam },
      responses: { 200: json(listOf(invitationRow), 'The links.'), ...refusals },
    }),
    async (c) => {
      const items = await groups.invitations(c.var.actor, c.req.valid('param').id)
      return c.json({ items: [...items], next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{id}/invitations/{invitationId}',
      summary: 'Take an invitation link back',
      request: { params: invitationParams },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      const { id, invitationId } = c.req.valid('param')
      await groups.revokeInvitation(c.var.actor, id, invitationId)
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

function registerGroupMargins(api: Api, { services: { groups, layers, flags } }: ApiContext): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/groups/{id}/layers',
      summary: 'Lay a new layer over a group, and over others that one teaches',
      request: { params: idParam, body: jsonBody(newLayer) },
      responses: { 201: json(layer, 'The layer.'), ...refusals },
    }),
    async (c) => {
      const made = await layers.add(c.var.actor, c.req.valid('param').id, c.req.valid('json'))
      c.header('ETag', toEtag(made.version))
      c.header('Location', `/api/v1/layers/${made.id}`)
      return c.json(made, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/groups/{id}/activity',
      summary: 'What was written in a group last, the newest first',
      request: { params: idParam, query: activityQuery },
      responses: { 200: json(listOf(activity), 'Threads and replies.'), ...refusals },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const items = await groups.activity(c.var.actor, id, c.req.valid('query').limit)
      return c.json({ items: [...items], next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/groups/{id}/flags',
      summary: 'What readers flagged and waits to be looked at, or what was settled',
      request: { params: idParam, query: flagQuery },
      responses: { 200: json(listOf(flag), 'The latest flags.'), ...refusals },
    }),
    async (c) => {
      const settled = c.req.valid('query').settled === 'true'
      const items = await flags.list(c.var.actor, c.req.valid('param').id, { settled })
      return c.json({ items: [...items], next: null }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/flags/{id}/settle',
      summary: 'Take a flag, and every other on the same thing, out of the queue',
      request: { params: idParam },
      responses: { 204: done, ...refusals },
    }),
    async (c) => {
      await flags.settle(c.var.actor, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
}
