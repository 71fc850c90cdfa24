/** What a page does for those it is not for. */
import { forbidden, notFound, redirect } from 'next/navigation'
import type { Person } from '#domain/policy/actor.ts'
import { readVisitor } from './visitor.ts'

/** The person who asks; a visitor without a sign-in is led to it, and from there back to `path`. */
export async function personOrSignIn(path: string): Promise<Person> {
  const { actor } = await readVisitor()
  if (actor.kind === 'person') return actor
  redirect(toSignIn(path))
}

/** The address of the sign-in page that leads back to `path`. */
export function toSignIn(path: string): string {
  return `/sign-in?callbackUrl=${encodeURIComponent(path)}`
}

/**
 * What a service answers, or the page that its refusal calls for: sign-in, not found, refused. Told by the error's
 * code, since the class that the services throw lives outside of what Next bundles.
 */
export async function orRefusal<T>(answer: Promise<T>, path: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const code = error instanceof Error && error.name === 'AppError' ? Reflect.get(error, 'code') : null
    if (code === 'unauthenticated') redirect(toSignIn(path))
    // An address with nonsense in its query leads to nothing either.
    if (code === 'not-found' || code === 'unprocessable') notFound()
    if (code === 'forbidden') forbidden()
    throw error
  }
}
