import { expect, test } from 'vitest'
import { nextTold, nothingTold, type Told } from '#components/margin/save-line.tsx'

/** What a screen reader says of these faces of the line, in order. */
function heard(...faces: readonly Told['face'][]): Told['face'][] {
  let told = nothingTold
  return faces.flatMap((face) => {
    const before = told
    told = nextTold(before, face)
    return told !== before && told.isNews ? [face] : []
  })
}

test('saves are not announced to whoever types', () => {
  expect(heard('saving', 'saved', 'saving', 'saved', 'saving', 'saved')).toEqual([])
})

test('a trouble is announced, and once that it is over', () => {
  expect(heard('saving', 'trouble', 'saving', 'saved', 'saving', 'saved')).toEqual(['trouble', 'saved'])
})
