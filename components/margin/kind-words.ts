import type { PlacedThread } from '#components/client/merge-rooms.ts'
import type { ThreadKind } from '#domain/wire/thread.ts'

/** What the interface calls each kind of thread. */
export const kindWords: Readonly<Record<ThreadKind, { readonly one: string; readonly many: string }>> = {
  note: { one: 'note', many: 'notes' },
  question: { one: 'question', many: 'questions' },
  commentary: { one: 'commentary', many: 'commentaries' },
  dispute: { one: 'dispute', many: 'disputes' },
  highlight: { one: 'highlight', many: 'highlights' },
}

const order: readonly ThreadKind[] = ['note', 'question', 'commentary', 'dispute', 'highlight']

/** How many threads of which kind, in words: “3 notes, 1 question”. */
export function countInWords(threads: readonly PlacedThread[]): string {
  return order
    .flatMap((kind) => {
      const count = threads.filter(({ thread }) => thread.kind === kind).length
      return count === 0 ? [] : [`${count} ${count === 1 ? kindWords[kind].one : kindWords[kind].many}`]
    })
    .join(', ')
}
