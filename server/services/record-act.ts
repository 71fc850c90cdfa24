/** What is recorded of the server, its accounts and its groups, beside what happens in margins. */
import type { Actor } from '#domain/policy/actor.ts'
import type { ActKind } from '#domain/wire/audit.ts'
import type { Tx } from '../db/database.ts'
import { insertAct } from '../db/events.ts'
import type { ServiceContext } from './context.ts'

/** One thing that somebody did. */
export interface Act {
  readonly kind: ActKind
  /** Null: the command line, or somebody without a sign-in. See `actorIdOf`. */
  readonly actorId: string | null
  /** The person whom it was done to. */
  readonly subjectId?: string | null
  readonly groupId?: string | null
  /** What else an owner or administrator would ask about; never a secret, never anyone's words. */
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** Records an act, in the transaction that does it or beside what needs none. */
export async function recordAct(
  { newId, now }: Pick<ServiceContext, 'newId' | 'now'>,
  tx: Tx,
  { subjectId = null, groupId = null, data = {}, ...act }: Act,
): Promise<void> {
  await insertAct(tx, { ...act, id: newId(), subjectId, groupId, data, at: new Date(now()) })
}

/** Under whom the acts of an actor are recorded. */
export const actorIdOf = (actor: Actor | 'server'): string | null =>
  actor !== 'server' && actor.kind === 'person' ? actor.userId : null
