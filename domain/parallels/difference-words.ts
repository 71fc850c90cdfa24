import type { ParallelDifference } from '../wire/parallel.ts'

/** What a kind of difference is called where differences are listed. */
export const differenceWords: Readonly<Record<ParallelDifference['kind'], string>> = {
  negation: 'Denied on one side',
  number: 'Another number',
  name: 'Another name',
  ends: 'Ends earlier on one side',
  begins: 'Begins later on one side',
  replaced: 'Other words',
  omitted: 'Left out here',
  added: 'Added here',
  spelling: 'Spelt otherwise',
}

/** Kinds that turn a sentence round: marked before all others. */
export const isTelling = ({ kind }: Pick<ParallelDifference, 'kind'>): boolean =>
  kind === 'negation' || kind === 'number'
