import type { Me } from '#domain/wire/group.ts'
import { callApi } from '../api.ts'
import type { WrittenAt } from './unsent-entry.ts'

/**
 * Why something that was written in, or answered, is not there any more for this person, as a sentence. What one may
 * not read answers as what does not exist; but whether one still belongs to the group it stood in, one is told.
 * `otherwise` is said when that is not the cause, or cannot be found out.
 */
export async function whyGone(where: WrittenAt | null, otherwise: string): Promise<string> {
  if (!where?.group) return otherwise
  const { id, name } = where.group
  try {
    const { groups } = await callApi<Me>('GET', '/me')
    return groups.some((group) => group.id === id) ? otherwise : `You are no longer in the group “${name}”.`
  } catch {
    return otherwise
  }
}
