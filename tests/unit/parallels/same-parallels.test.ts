import { describe, expect, it } from 'vitest'
import { recogniseParallels } from '#domain/parallels/same-parallels.ts'

const known = [
  { id: 'hall', here: 'the congress met in the old hall', there: 'the congress met in the old hall' },
  { id: 'mills', here: 'the workers of the northern mills', there: 'workers of the southern mills' },
]

describe('recognising parallels', () => {
  it('gives a find the known one with its words on both sides, in whatever order they come', () => {
    const found = [
      { here: 'the workers of the northern mill', there: 'workers of the southern mills' },
      { here: 'the congress met in the old hall', there: 'the congress met in the hall' },
    ]
    expect(recogniseParallels(found, known).map((each) => each?.id)).toEqual(['mills', 'hall'])
  })

  it('gives nothing to a find with other words on one side', () => {
    const found = [{ here: 'the congress met in the old hall', there: 'snow lay on every roof' }]
    expect(recogniseParallels(found, known)).toEqual([null])
  })

  it('gives one known parallel to the likest of two finds alone', () => {
    const found = [
      { here: 'the congress met in the hall', there: 'the congress met in the old hall' },
      { here: 'the congress met in the old hall', there: 'the congress met in the old hall' },
    ]
    expect(recogniseParallels(found, known).map((each) => each?.id)).toEqual([undefined, 'hall'])
  })
})
