import { describe, expect, test } from 'vitest'
import { mergeRooms } from '#components/client/merge-rooms.ts'
import { putThread, unknownRoom } from '#components/client/room-threads.ts'
import { type ComparedRow, kindOf, markDifferences, notesOn } from '#components/editions/compared-rows.ts'
import { buildEdition } from '#domain/text/build-edition.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { aThread } from '../client/a-thread.ts'

const { blocks } = buildEdition(
  ['It is not new.', 'Nobody asked.'].map((text) => ({
    form: { kind: 'paragraph' as const },
    text,
    marks: [],
    source: null,
  })),
)
const row = (change: Partial<ComparedRow>): ComparedRow => ({
  earlier: blocks,
  later: blocks,
  removed: [],
  added: [],
  moved: false,
  ...change,
})

test.each<[string, Partial<ComparedRow>]>([
  ['same', {}],
  ['changed', { removed: [{ start: 6, end: 9 }] }],
  ['changed', { added: [{ start: 6, end: 9 }] }],
  ['added', { earlier: [] }],
  ['removed', { later: [] }],
  ['moved', { moved: true }],
])('a row is told as %s', (kind, change) => {
  expect(kindOf(row(change))).toBe(kind)
})

describe('words that only one edition has', () => {
  test('are marked in each block that they run over, and the text stays as it is', () => {
    const html = renderBlocks(markDifferences(blocks, [{ start: 6, end: 21 }], 'added'))
    expect(html).toContain('It is <ins>not new.</ins>')
    expect(html).toContain('<ins>Nobody</ins> asked.')
    expect(html.match(/<ins>/g)).toHaveLength(2)
  })

  test('stand inside of what is set otherwise', () => {
    const [first] = blocks
    if (!first) throw new Error('no block')
    const strong = { ...first, marks: [{ kind: 'strong' as const, start: 6, end: 13 }] }
    expect(renderBlocks(markDifferences([strong], [{ start: 6, end: 9 }], 'removed'))).toMatch(
      /It is <(?:strong><del|del><strong)>not<\//,
    )
  })
})

test('notes stand beside the blocks that they are on, one whose words are gone beside its gap', () => {
  const [first] = blocks
  if (!first) throw new Error('no block')
  const threads = [
    aThread({ id: 'on', range: [6, 9] }),
    aThread({ id: 'gap', range: [14, 14] }),
    aThread({ id: 'after', range: [15, 21] }),
  ]
  const placed = mergeRooms(new Map([['a', threads.reduce(putThread, unknownRoom)]]), 'd1')
  expect(notesOn([first], placed).map(({ thread }) => thread.id)).toEqual(['on', 'gap'])
  expect(notesOn([], placed)).toEqual([])
})
