/**
 * Repairs: what an import puts right in a text because its source was broken to fit a page. Each can be switched off,
 * and each place where one was made is kept with what stood there before, so that a person can look at it, and have the
 * edition made again from the same original without that repair.
 */
import type { TextRange } from './edition-text.ts'

/**
 * `lines`: hard wraps are joined, so that a paragraph is one line. `words`: a word that a hyphen parted at a break is
 * whole again. `paragraphs`: a paragraph that a page break parted in mid-sentence is one again.
 */
export const repairKinds = ['lines', 'words', 'paragraphs'] as const
export type RepairKind = (typeof repairKinds)[number]

/** Which repairs an import makes. */
export type RepairSwitches = Readonly<Record<RepairKind, boolean>>

/** The switches that have these repairs on and the others off; all on when nothing is said. */
export function toRepairSwitches(kinds: readonly RepairKind[] = repairKinds): RepairSwitches {
  return {
    lines: kinds.includes('lines'),
    words: kinds.includes('words'),
    paragraphs: kinds.includes('paragraphs'),
  }
}

/** Where a repair was made, while the text is still in the hands of an importer; never part of a finished block. */
export interface RepairMark extends TextRange {
  readonly kind: 'repair'
  readonly repair: Exclude<RepairKind, 'lines'>
  /** The words of the range as the source has them, line feeds included: one for a line end, two between paragraphs. */
  readonly before: string
}

/** A place in the canonical text where a repair was made, and the words as the source has them. */
export interface RepairPlace extends TextRange {
  readonly before: string
}

/** What one kind of repair did to an edition. */
export interface Repair {
  readonly kind: RepairKind
  readonly isOn: boolean
  readonly count: number
  /** The first of the places, at most `mostRepairPlaces`; none for `lines`, which is everywhere. */
  readonly places: readonly RepairPlace[]
}

/** Places kept of one kind of repair: more than a person looks through, and little to store. */
export const mostRepairPlaces = 1_000

/** One record for each kind of repair, in the order of `repairKinds`. */
export function recordRepairs(
  switches: RepairSwitches,
  linesJoined: number,
  marks: readonly RepairMark[],
): Repair[] {
  return repairKinds.map((kind) => {
    const own = marks.filter(({ repair }) => repair === kind)
    return {
      kind,
      isOn: switches[kind],
      count: kind === 'lines' ? linesJoined : own.length,
      places: own.slice(0, mostRepairPlaces).map(({ start, end, before }) => ({ start, end, before })),
    }
  })
}
