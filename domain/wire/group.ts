/** People, groups and layers, as the API speaks of them. */
import { z } from 'zod'
import { id, instant, newId, personRef } from './shared.ts'

export const role = z.enum(['owner', 'instructor', 'reader', 'observer'])
export const layerKind = z.enum(['private', 'discussion', 'commentary', 'custom'])

export const layer = z.object({
  id,
  kind: layerKind,
  name: z.string(),
  groups: z.array(id),
  read: z.enum(['instructors', 'members', 'public']),
  write: z.enum(['instructors', 'members']),
  coWriting: z.boolean(),
  version: z.number().int(),
})

export const me = z.object({
  id,
  name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  groups: z.array(z.object({ id, slug: z.string(), name: z.string(), role })),
  layers: z.array(z.object({ id, kind: layerKind, name: z.string(), groups: z.array(id) })),
})

export const group = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  layers: z.array(layer),
  readings: z.array(z.object({ documentId: id, slug: z.string(), title: z.string() })),
  members: z.array(z.object({ user: personRef, role, joinedAt: instant })),
  version: z.number().int(),
})

const name = z.string().trim().min(1).max(200)
const email = z.email().max(254).toLowerCase()

export const newGroup = z.strictObject({ id: newId.optional(), name })
export const groupChange = z.strictObject({
  name: name.optional(),
  /** The whole reading list, in order. */
  readings: z.array(id).max(1_000).optional(),
})
export const newMember = z.strictObject({ email, role })
export const memberChange = z.strictObject({ role })
export const newInvitation = z.strictObject({
  role: role.default('reader'),
  /** Left out: in 14 days. */
  expiresAt: instant.optional(),
  /** How often it may be used; null is without limit. */
  uses: z.number().int().min(1).max(10_000).nullable().default(1),
})
export const invitation = z.object({
  id,
  url: z.url(),
  role,
  expiresAt: instant,
  uses: z.number().nullable(),
})
export const layerChange = z.strictObject({ name: name.optional(), coWriting: z.boolean().optional() })

export type Layer = z.infer<typeof layer>
export type Me = z.infer<typeof me>
export type Group = z.infer<typeof group>
export type NewGroup = z.infer<typeof newGroup>
export type GroupChange = z.infer<typeof groupChange>
export type NewMember = z.infer<typeof newMember>
export type NewInvitation = z.infer<typeof newInvitation>
export type Invitation = z.infer<typeof invitation>
export type LayerChange = z.infer<typeof layerChange>
