/** Arbitrary blocks for properties: hard characters, marks that overlap in any way, every form. */
import fc from 'fast-check'
import type { BlockForm, InlineMark, SourceBlock } from '#domain/text/edition-text.ts'

const HARD = [
  'e\u0301', '👩‍👩‍👧', '🇺🇦', 'שלום', 'مرحبا', '\u200F', '\u200D', '\uD83D', '\uDE00', '\r\n', '\r', '\n', '\t', ' ', '  ',
  '\0', '\uFEFF', '<', '>', '&', '"', '&amp;', '</p>', '<script>', '\u00A0', '\f', '\u0085', 'a', 'word',
] // biome-ignore format: one table

export const hardText = fc
  .array(fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 24 })
  .map((parts) => parts.join(''))

const depth = fc.integer({ min: 1, max: 4 })
const form: fc.Arbitrary<BlockForm> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), level: fc.constantFrom(1, 2, 3, 4, 5, 6) }),
  fc.record({ kind: fc.constant('paragraph' as const) }),
  fc.record({ kind: fc.constant('quotation' as const), depth }),
  fc.record({
    kind: fc.constant('list-item' as const),
    depth,
    ordinal: fc.option(fc.nat(20)),
    continued: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('verse' as const), depth: fc.nat(2) }),
  fc.constant({ kind: 'speaker' as const }),
  fc.record({ kind: fc.constant('code' as const), language: fc.option(hardText) }),
  fc.record({ kind: fc.constant('table' as const), headerRows: fc.nat(3) }),
  fc.record({ kind: fc.constant('image' as const), source: fc.option(hardText) }),
  fc.record({ kind: fc.constant('footnote' as const), label: fc.constantFrom('1', '*', 'fn 2') }),
)

const range = fc.record({ start: fc.nat(60), end: fc.nat(60) })
const mark: fc.Arbitrary<InlineMark> = fc.oneof(
  range.chain((at) =>
    fc
      .constantFrom('emphasis', 'strong', 'code', 'small-caps', 'superscript', 'strikethrough', 'quotation')
      .map((kind) => ({ ...at, kind }) as InlineMark),
  ),
  range.chain((at) =>
    fc
      .oneof(hardText, fc.constantFrom('javascript:alert(1)', 'https://example.org/?a="b"', '#p1', '//x'))
      .map((href) => ({ ...at, kind: 'link', href }) as InlineMark),
  ),
  range.chain((at) =>
    fc.constantFrom(1, 2, null).map((work): InlineMark => ({ ...at, kind: 'citation', work })),
  ),
  range.chain((at) =>
    fc.constantFrom('1', '*', '9').map((label) => ({ ...at, kind: 'note-reference', label }) as InlineMark),
  ),
  range.chain((at) =>
    fc
      .tuple(
        fc.constantFrom('page-start' as const, 'line-start' as const),
        fc.constantFrom('xii', '10', '"<'),
      )
      .map(([kind, label]): InlineMark => ({ ...at, kind, label })),
  ),
)

export const sourceBlock: fc.Arbitrary<SourceBlock> = fc.record({
  form,
  text: hardText,
  marks: fc.array(mark, { maxLength: 8 }),
  source: fc.constant(null),
})
