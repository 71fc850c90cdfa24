import type { Vocabulary, WordText } from './tokenize.ts'
import type { Stretch } from './unique-seeds.ts'

/** How a word of the old text is bound to its partner in the new one. */
export const Bond = {
  none: 0,
  /** The same word, case and accents aside. */
  same: 1,
  /** The same word misspelt, corrected or inflected. */
  similar: 2,
  /** Another word in its place. */
  replaced: 3,
} as const

/** The main chain's number; moved blocks are numbered from 1. */
export const MAIN_BLOCK = 0

/**
 * Which word of the new text each word of the old one became. Built up step by step by the parts of this folder; no
 * word has more than one partner, and within one block partners are in the same order in both texts.
 */
export class Alignment {
  /** Index of the partner in the new text, or -1. */
  readonly partner: Int32Array
  readonly bond: Uint8Array
  /** Which block the pair belongs to; meaningful where there is a partner. */
  readonly block: Int32Array
  /** Index of the partner in the old text, or -1. */
  readonly newPartner: Int32Array
  /** Matched weight of the island each bound word of the old text stands in (see `drop-islands.ts`). */
  readonly island: Float64Array
  /** 1 for each word of the main chain that a moved block of its own weight has passed (see `mark-passed.ts`). */
  readonly passed: Uint8Array
  blocks = 1

  constructor(
    readonly old: WordText,
    readonly renewed: WordText,
    readonly vocabulary: Vocabulary,
    readonly weights: Float64Array,
  ) {
    this.partner = new Int32Array(old.count).fill(-1)
    this.bond = new Uint8Array(old.count)
    this.block = new Int32Array(old.count)
    this.island = new Float64Array(old.count)
    this.passed = new Uint8Array(old.count)
    this.newPartner = new Int32Array(renewed.count).fill(-1)
  }

  bind(old: number, renewed: number, bond: number, block: number): void {
    this.partner[old] = renewed
    this.newPartner[renewed] = old
    this.bond[old] = bond
    this.block[old] = block
  }

  unbind(old: number): void {
    const renewed = this.partner[old] ?? -1
    if (renewed < 0) return
    this.partner[old] = -1
    this.newPartner[renewed] = -1
    this.bond[old] = Bond.none
  }

  bindRun(old: number, renewed: number, length: number, block: number): void {
    for (let i = 0; i < length; i++) this.bind(old + i, renewed + i, Bond.same, block)
  }

  /** What a word of the old text weighs. */
  weightOf(old: number): number {
    return this.weights[this.old.ids[old] ?? 0] ?? 0
  }

  stretch(oldStart: number, oldEnd: number, newStart: number, newEnd: number): Stretch {
    return { oldIds: this.old.ids, newIds: this.renewed.ids, oldStart, oldEnd, newStart, newEnd }
  }
}
