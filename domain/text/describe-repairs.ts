import type { RepairKind } from './repairs.ts'

const nouns: Readonly<Record<RepairKind, readonly [one: string, many: string]>> = {
  lines: ['line end joined', 'line ends joined'],
  words: ['word rejoined', 'words rejoined'],
  paragraphs: ['paragraph rejoined', 'paragraphs rejoined'],
}

/** What the repairs of an import did, in words: `34 words rejoined, 1 paragraph rejoined`; empty when they did nothing. */
export function describeRepairs(
  repairs: readonly { readonly kind: RepairKind; readonly count: number }[],
): string {
  return repairs
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${nouns[kind][count === 1 ? 0 : 1]}`)
    .join(', ')
}
