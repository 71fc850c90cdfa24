/** What is recorded for those who answer for the server or a group, as the API speaks of it. */
import { z } from 'zod'
import { id, instant, pageQuery, personRef } from './shared.ts'

/** What happens to the server, accounts and groups. Margins and editions have their events besides. */
export const actKinds = [
  'account.made',
  'account.renamed',
  'account.disabled',
  'account.enabled',
  'account.deleted',
  'account.exported',
  'administrator.made',
  'administrator.unmade',
  'email.asked',
  'email.changed',
  'password.changed',
  'password.link-made',
  'password.reset',
  'identity.linked',
  'session.begun',
  'session.refused',
  'session.ended',
  'sessions.ended',
  'token.made',
  'token.revoked',
  'backup.begun',
  'audit.exported',
  'group.made',
  'group.renamed',
  'group.archived',
  'group.restored',
  'group.readings-changed',
  'member.added',
  'member.joined',
  'member.role-changed',
  'member.muted',
  'member.unmuted',
  'member.removed',
  'member.left',
  'invitation.made',
  'invitation.revoked',
  'roster.read',
  'layer.added',
  'layer.changed',
  'layer.revealed',
] as const

export type ActKind = (typeof actKinds)[number]

/** What is looked for. `kind` may be a whole kind or the part before its dot. */
export const auditQuery = pageQuery.extend({
  group: id.optional(),
  /** A person: what they did, and what was done to them. */
  person: id.optional(),
  kind: z
    .string()
    .regex(/^[a-z]+([.-][a-z]+)*$/)
    .max(60)
    .optional(),
  since: instant.optional(),
  until: instant.optional(),
})

/** The same without pages, for the file. */
export const auditFileQuery = auditQuery.omit({ limit: true, cursor: true })

export const auditEntry = z.object({
  id,
  at: instant,
  kind: z.string(),
  /** Null: the command line, or somebody without a sign-in. */
  actor: personRef.nullable(),
  subject: personRef.nullable(),
  group: z.object({ id, name: z.string() }).nullable(),
  document: z.object({ id, title: z.string() }).nullable(),
  layer: z.object({ id, name: z.string() }).nullable(),
  threadId: id.nullable(),
  replyId: id.nullable(),
  address: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

export type AuditQuery = z.infer<typeof auditQuery>
export type AuditFileQuery = z.infer<typeof auditFileQuery>
export type AuditEntry = z.infer<typeof auditEntry>
