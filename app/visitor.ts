/** Who asks for a page, and how they like to read. */
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { type Preferences, readPreferences } from '#components/ui/preferences.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { services } from '#server/accessor.ts'

export interface Visitor {
  readonly actor: Actor
  readonly preferences: Preferences
  /** next-auth's token for plain forms; null until its cookie is set. */
  readonly formToken: string | null
}

/** The visitor of this request; looked up once, however many parts of the page ask. */
export const readVisitor = cache(async (): Promise<Visitor> => {
  const jar = await cookies()
  const cookieValue = (name: string) => jar.get(name)?.value
  const token = cookieValue('__Host-next-auth.csrf-token') ?? cookieValue('next-auth.csrf-token')
  return {
    actor: await services().access.resolveActor(await headers()),
    preferences: readPreferences(cookieValue),
    // The cookie holds the token and, after a bar, what proves that this server made it.
    formToken: token?.split('|')[0] ?? null,
  }
})
