/** People, groups and layers, as the API speaks of them. */
import { z } from 'zod'
import { id, instant, newId, personRef } from './shared.ts'

export const role = z.enum(['owner', 'instructor', 'reader', 'observer'])
export const layerKind = z.enum(['private', 'discussion', 'commentary', 'custom'])

/** On what condition others' notes are seen; once so many of one's own are posted it stays reached. */
export const blind = z.union([
  z.strictObject({ untilOwnNotes: z.number().int().min(1).max(1_000) }),
  z.strictObject({ untilRevealed: z.literal(true) }),
])

export const layer = z.object({
  id,
  kind: layerKind,
  name: z.string(),
  groups: z.array(id),
  read: z.enum(['instructors', 'members', 'public']),
  write: z.enum(['instructors', 'members']),
  coWriting: z.boolean(),
  /** Nothing is written before, nor after. Null is without limit. */
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  /** Null where everybody sees everything. */
  blind: blind.nullable(),
  /** Since when an instructor has uncovered a blind layer; null while it is as `blind` says. */
  revealedAt: instant.nullable(),
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
  members: z.array(z.object({ user: personRef, role, joinedAt: instant, muted: z.boolean() })),
  /** An archived group is read, and nobody writes in it. */
  archived: z.boolean(),
  version: z.number().int(),
})

const name = z.string().trim().min(1).max(200)
const email = z.email().max(254).toLowerCase()

export const newGroup = z.strictObject({ id: newId.optional(), name })
export const groupChange = z.strictObject({
  name: name.optional(),
  archived: z.boolean().optional(),
  /** The whole reading list, in order. */
  readings: z.array(id).max(1_000).optional(),
})
export const newMember = z.strictObject({ email, role })
export const memberChange = z
  .strictObject({ role: role.optional(), muted: z.boolean().optional() })
  .refine((change) => change.role !== undefined || change.muted !== undefined, 'names nothing to change')
export const newInvitation = z.strictObject({
  role: role.default('reader'),
  /** Left out: in 14 days. */
  expiresAt: instant.optional(),
  /** How often it may be used; null is without limit. */
  uses: z.number().int().min(1).max(10_000).nullable().default(1),
  /** Whom the link is sent to, where the server sends mail. */
  email: email.optional(),
})
export const invitation = z.object({
  id,
  url: z.url(),
  role,
  expiresAt: instant,
  uses: z.number().nullable(),
})

/** A link as it is listed: its secret was shown once. */
export const invitationRow = z.object({
  id,
  role,
  email: z.string().nullable(),
  createdBy: personRef.nullable(),
  createdAt: instant,
  expiresAt: instant,
  /** How often it may still be used; null is without limit. */
  usesLeft: z.number().int().nullable(),
})

/** People to bring into a group: lines of name, e-mail and role, with or without a heading. */
export const roster = z.strictObject({
  csv: z.string().max(1_000_000),
  /** Of lines that name none. */
  role: role.default('reader'),
})

/** What became of one line of a roster. */
export const rosterLine = z.object({
  /** As the file counts, from 1. */
  line: z.number().int(),
  name: z.string(),
  email: z.string(),
  role: role.nullable(),
  outcome: z.enum(['joined', 'member', 'invited', 'refused']),
  /** Why it was refused. */
  reason: z.string().nullable(),
  /** The link of who has no account yet; shown this once. */
  url: z.url().nullable(),
  /** Whether the link was sent by mail. */
  mailed: z.boolean(),
})
export const rosterReport = z.object({ lines: z.array(rosterLine) })

/** Something that happened in a group, the newest first in a list. */
export const activity = z.object({
  kind: z.enum(['thread', 'reply']),
  threadId: id,
  document: z.object({ id, slug: z.string(), title: z.string() }),
  layer: z.object({ id, name: z.string() }),
  author: personRef,
  /** The first words. */
  text: z.string(),
  at: instant,
})

const settings = {
  read: z.enum(['instructors', 'members', 'public']).optional(),
  write: z.enum(['instructors', 'members']).optional(),
  coWriting: z.boolean().optional(),
  opensAt: instant.nullable().optional(),
  closesAt: instant.nullable().optional(),
  blind: blind.nullable().optional(),
  /** All groups that it lies over. */
  groups: z.array(id).min(1).max(100).optional(),
}
export const newLayer = z.strictObject({ id: newId.optional(), name, ...settings })
export const layerChange = z.strictObject({ name: name.optional(), ...settings })

export type Layer = z.infer<typeof layer>
export type Me = z.infer<typeof me>
export type Group = z.infer<typeof group>
export type NewGroup = z.infer<typeof newGroup>
export type GroupChange = z.infer<typeof groupChange>
export type NewMember = z.infer<typeof newMember>
export type NewInvitation = z.infer<typeof newInvitation>
export type Invitation = z.infer<typeof invitation>
export type InvitationRow = z.infer<typeof invitationRow>
export type Roster = z.input<typeof roster>
export type RosterLine = z.infer<typeof rosterLine>
export type RosterReport = z.infer<typeof rosterReport>
export type GroupActivity = z.infer<typeof activity>
export type MemberChange = z.infer<typeof memberChange>
export type NewLayer = z.infer<typeof newLayer>
export type LayerChange = z.infer<typeof layerChange>
