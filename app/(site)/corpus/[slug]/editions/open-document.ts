import { notFound } from 'next/navigation'
import { cache } from 'react'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../doors.ts'
import { readVisitor } from '../../../../visitor.ts'

/** The document whose editions are looked at, for whoever asks. Asked for by title and page, and answered once. */
export const openDocument = cache(async (slug: string, path: string) => {
  const { actor } = await readVisitor()
  const document = await orRefusal(services().documents.get(actor, slug), path)
  const facts = { ...document, stewardId: document.steward?.id ?? null, groupIds: [], withdrawn: false }
  return { actor, document, mayChange: can(actor, 'document.change', facts, Date.now()) }
})

/** A number as it stands in an address; whatever else stands there leads to nothing. */
export function toNumber(part: string): number {
  if (!/^[1-9]\d{0,5}$/.test(part)) notFound()
  return Number(part)
}
