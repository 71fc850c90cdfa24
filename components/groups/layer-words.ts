import type { Layer } from '#domain/wire/group.ts'

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** An instant in words, the same on the server and in every browser. */
export const instantWords = (instant: string) => `${when.format(new Date(instant))} UTC`

const readers = {
  instructors: 'instructors',
  members: 'all members',
  public: 'everyone, without an account too',
}
const writers = { instructors: 'Instructors write', members: 'Members write' }

/** What holds in a layer, in sentences. */
export function layerWords(layer: Layer, groupCount: number): string[] {
  const { read, write, coWriting, opensAt, closesAt } = layer
  return [
    `${writers[write]}, ${readers[read]} read${read === 'members' || read === 'instructors' ? '' : 's'}.`,
    ...(coWriting ? ['Notes are written together unless their author says otherwise.'] : []),
    ...(opensAt ? [`Opens ${instantWords(opensAt)}.`] : []),
    ...(closesAt ? [`Closes ${instantWords(closesAt)}.`] : []),
    ...blindWords(layer),
    ...(groupCount > 1 ? [`Lies over ${groupCount} of your groups; each keeps its own replies.`] : []),
  ]
}

function blindWords({ blind, revealedAt }: Layer): string[] {
  if (!blind) return []
  if (revealedAt) return ['Everything in it has been revealed.']
  if ('untilRevealed' in blind) return ['Others’ notes are hidden until an instructor reveals them.']
  const { untilOwnNotes: notes } = blind
  const many = notes === 1 ? 'one note' : `${notes} notes`
  return [`Others’ notes are hidden until one has posted ${many} in the text.`]
}
