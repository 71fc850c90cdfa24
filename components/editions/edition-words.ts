import type { EditionState } from '#domain/wire/edition.ts'

/** What the interface calls the states of an edition. */
export const editionWords: Readonly<Record<EditionState, string>> = {
  preview: 'Preview',
  current: 'Current',
  earlier: 'Earlier',
  'rolled-back': 'Rolled back',
}

/** The address of a document's editions, of the report of one, and of two side by side. */
export function editionAddress(slug: string, number?: number, other?: number): string {
  const list = `/corpus/${encodeURIComponent(slug)}/editions`
  if (number === undefined) return list
  return other === undefined ? `${list}/${number}` : `${list}/${number}/compare/${other}`
}
