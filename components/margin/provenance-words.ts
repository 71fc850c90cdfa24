import type { Provenance } from '#domain/wire/thread.ts'

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** Where a thread was before, in words: "from Anna’s private notes, 3 May 2026". */
export function provenanceWords({ how, author, layer, at }: Provenance): string {
  const where =
    layer.kind === 'private'
      ? `${author.name}’s private notes`
      : `${author.name}’s note in ${layer.name || 'another layer'}`
  return `${how === 'copied' ? 'copied ' : ''}from ${where}, ${day.format(new Date(at))}`
}
