/** Who did what, when, and from where. */
import type { Actor } from '#domain/policy/actor.ts'
import type { AuditEntry, AuditFileQuery, AuditQuery } from '#domain/wire/audit.ts'
import type { Page } from '#domain/wire/shared.ts'

export interface AuditService {
  /** A page of the audit, the newest first: the server's for administrators, a group's for its owners. */
  list(actor: Actor, query: AuditQuery): Promise<Page<AuditEntry>>
  /** All of it as CSV, in pieces; that it was taken is recorded. */
  file(actor: Actor, query: AuditFileQuery): Promise<AsyncIterable<string>>
}
