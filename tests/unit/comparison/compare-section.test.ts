import { describe, expect, it } from 'vitest'
import { alignTexts } from '#domain/anchoring/align-texts.ts'
import { compareSection } from '#domain/comparison/compare-section.ts'

const startsOf = (blocks: readonly string[]) => {
  let at = 0
  return Int32Array.from(blocks, (block) => {
    const start = at
    at += block.length + 1
    return start
  })
}

/** Rows as `earlier|later`, words that only one side has in brackets. */
function compare(earlier: readonly string[], later: readonly string[], section?: readonly [number, number]) {
  const [before, after] = [earlier.join('\n'), later.join('\n')]
  const alignment = alignTexts(before, after)
  const [firstBlock, endBlock] = section ?? [0, later.length]
  const rows = compareSection(
    {
      alignment,
      earlier: { words: alignment.old, starts: startsOf(earlier) },
      later: { words: alignment.renewed, starts: startsOf(later) },
    },
    { firstBlock, endBlock },
  )
  const words = (text: string, ranges: readonly { start: number; end: number }[]) =>
    ranges.map(({ start, end }) => text.slice(start, end)).join('/')
  return rows.map(
    (row) =>
      `${row.earlier.join('+') || '-'}|${row.later.join('+') || '-'} -${words(before, row.removed)} +${words(after, row.added)}${row.moved ? ' moved' : ''}`,
  )
}

const weir = 'The weir was built by the miller Thomas Hale in the wet spring of 1848.'
const mayor = 'Nobody asked the mayor, who was fishing that whole week above the old bridge.'
const geese = 'Seventeen geese crossed the market square and the baker shut his door on them.'
const letter = 'A letter from the county arrived too late to change what had been decided.'

describe('two editions side by side', () => {
  it('pair equal blocks without a mark', () => {
    expect(compare([weir, mayor], [weir, mayor])).toEqual(['0|0 - +', '1|1 - +'])
  })

  it('mark the words that differ, on both sides', () => {
    expect(
      compare([weir, mayor], [weir.replace('1848', '1849'), mayor.replace('was fishing', 'was not fishing')]),
    ).toEqual(['0|0 -1848 +1849', '1|1 - +not'])
  })

  it('mark a changed capital, and a changed mark between words and at the end', () => {
    expect(compare([weir], [weir.replace('miller', 'Miller')])).toEqual(['0|0 -miller +Miller'])
    expect(compare([mayor], [mayor.replace('mayor,', 'mayor;')])).toEqual(['0|0 -, +;'])
    expect(compare([weir, mayor], [weir.replace('1848.', '1848!'), mayor])).toEqual(['0|0 -. +!', '1|1 - +'])
  })

  it('show an added block alone, and a removed one at its place', () => {
    expect(compare([weir, mayor], [weir, geese, mayor])).toEqual(['0|0 - +', `-|1 - +${geese}`, '1|2 - +'])
    expect(compare([weir, geese, mayor], [weir, mayor])).toEqual(['0|0 - +', `1|- -${geese} +`, '2|1 - +'])
  })

  it('show what was removed before the first block and after the last', () => {
    expect(compare([geese, weir, letter], [weir])).toEqual([`0|- -${geese} +`, '1|0 - +', `2|- -${letter} +`])
  })

  it('say of a moved block that it moved, beside where it came from', () => {
    const rows = compare([weir, geese, mayor, letter], [weir, mayor, letter, geese])
    expect(rows).toEqual(['0|0 - +', '2|1 - +', '3|2 - +', '1|3 - + moved'])
  })

  it('put the parts of a divided block beside the whole, and joined blocks beside their parts', () => {
    expect(compare([`${weir} ${mayor}`, geese], [weir, mayor, geese])).toEqual(['0|0+1 - +', '1|2 - +'])
    expect(compare([weir, mayor, geese], [`${weir} ${mayor}`, geese])).toEqual(['0+1|0 - +', '2|1 - +'])
  })

  it('pair blocks that have no words', () => {
    expect(compare([weir, '* * *', mayor], [weir, '* * *', mayor])).toEqual(['0|0 - +', '1|1 - +', '2|2 - +'])
  })

  it('by section make up the whole, each removed block once', () => {
    const earlier = [weir, geese, mayor, '* * *', letter]
    const later = [mayor.replace('whole', 'entire'), '* * *', letter, weir]
    const whole = compare(earlier, later)
    expect([
      ...compare(earlier, later, [0, 1]),
      ...compare(earlier, later, [1, 3]),
      ...compare(earlier, later, [3, 4]),
    ]).toEqual(whole)
  })
})
