import type { PlacedThread } from '#components/client/merge-rooms.ts'
import type { ThreadKind } from '#domain/wire/thread.ts'

/** Which notes the margin shows. Null asks for nothing. */
export interface MarginFilter {
  readonly personId: string | null
  readonly kind: ThreadKind | null
  readonly tag: string | null
  readonly unresolvedOnly: boolean
}

/** Shows everything. */
export const noFilter: MarginFilter = { personId: null, kind: null, tag: null, unresolvedOnly: false }

/** Whether the filter leaves anything out. */
export function isFiltering(filter: MarginFilter): boolean {
  return filter.personId !== null || filter.kind !== null || filter.tag !== null || filter.unresolvedOnly
}

/** The threads that pass. A person's threads are those they opened or answered in. */
export function filterThreads(
  threads: readonly PlacedThread[],
  filter: MarginFilter,
): readonly PlacedThread[] {
  if (!isFiltering(filter)) return threads
  return threads.filter(
    ({ thread }) =>
      (filter.kind === null || thread.kind === filter.kind) &&
      (filter.tag === null || thread.tags.includes(filter.tag)) &&
      (!filter.unresolvedOnly || thread.status === 'open') &&
      (filter.personId === null ||
        thread.author.id === filter.personId ||
        thread.replies.some((reply) => reply.author.id === filter.personId && reply.deletedAt === null)),
  )
}

/** What there is to filter by in these threads, each in alphabetical order. */
export function filterChoices(threads: readonly PlacedThread[]) {
  const people = new Map<string, string>()
  const tags = new Set<string>()
  for (const { thread } of threads) {
    people.set(thread.author.id, thread.author.name)
    for (const reply of thread.replies) people.set(reply.author.id, reply.author.name)
    for (const tag of thread.tags) tags.add(tag)
  }
  return {
    people: [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
    tags: [...tags].sort((a, b) => a.localeCompare(b)),
  }
}
