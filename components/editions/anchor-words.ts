import type { AnchorState } from '#domain/wire/thread.ts'

interface StateWords {
  /** In a count and a heading: “12 changed”. */
  readonly label: string
  /** What it means for a passage, in a sentence. */
  readonly says: string
  /** What a card in the margin says of its words; null where there is nothing to say. */
  readonly inMargin: string | null
}

/** What the interface calls the states of an anchor. */
export const anchorWords: Readonly<Record<AnchorState, StateWords>> = {
  uncertain: {
    label: 'uncertain',
    says: 'Nobody can say without looking where these words are now.',
    inMargin: 'Is this still the place?',
  },
  orphaned: {
    label: 'orphaned',
    says: 'These words are no longer in the text; the note stands where they were.',
    inMargin: 'The words are no longer in the text.',
  },
  changed: {
    label: 'changed',
    says: 'The words are still there, but a letter or a number of them differs.',
    inMargin: 'The words have changed.',
  },
  moved: {
    label: 'moved',
    says: 'The same words, in another place of the text.',
    inMargin: null,
  },
  exact: { label: 'exact', says: 'The same words in the same place.', inMargin: null },
}

/** The states in the order in which they need a person. */
export const anchorStates = [
  'uncertain',
  'orphaned',
  'changed',
  'moved',
  'exact',
] as const satisfies AnchorState[]

/** Whether an address names a state. */
export function isAnchorState(value: unknown): value is AnchorState {
  return anchorStates.some((state) => state === value)
}

/** Why the alignment could not be sure, in words; what it decided without doubt needs none. */
export const doubtWords: Readonly<Record<string, string>> = {
  'little-left': 'Few of these words are left.',
  replaced: 'Other words stand in their place.',
  'context-lost': 'The text around them is another.',
  'second-best-near': 'They fit another place nearly as well.',
}
