import fc from 'fast-check'

/** Pieces that folding, tokens and offsets stumble over: spaces, quotes, dashes, marks, pairs, halves of pairs. */
const PIECES = [
  'a',
  'b',
  'the',
  'Word',
  'not',
  ' ',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  '\u00a0',
  '-',
  '--',
  '—',
  '"',
  '“',
  '”',
  "'",
  '’',
  '…',
  '.',
  ',',
  'ﬁ',
  '\u00ad',
  '\u200b',
  '\ufeff',
  'é',
  'e\u0301',
  '\u0301',
  '漢',
  '字',
  '한',
  '\u1112\u1161\u11ab',
  '😀',
  '👩‍🚀',
  '\ud83d',
  '\ude00',
  '1',
  '42',
]

/** Text as hostile as input can be: nearly every piece is one that some step treats apart. Lone surrogates too. */
export function spoiltText(maxLength = 60): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength })
    .map((pieces) => pieces.join(''))
}

/** Canonical text: what an edition may hold, so no lone surrogates and no byte order mark. */
export function canonicalText(maxLength = 60): fc.Arbitrary<string> {
  return spoiltText(maxLength).map((text) => text.replace(LONE_SURROGATE, 'x').replaceAll('\ufeff', ''))
}

/** Half of a surrogate pair without its other half. */
export const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
