/** Where a person stopped reading, and what is new to them. */
import type { Person } from '#domain/policy/actor.ts'

export interface VisitService {
  /** Begins or goes on with a visit: where the person stopped, and since when what they see is new to them. */
  begin(actor: Person, documentId: string): Promise<{ position: number; unreadSince: string | null }>
  /** Remembers where they read now. */
  moved(actor: Person, documentId: string, position: number): Promise<void>
}
