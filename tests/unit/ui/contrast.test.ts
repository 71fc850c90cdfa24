import { describe, expect, test } from 'vitest'
import { contrastOf, readPalettes } from './tokens.ts'

const papers = ['paper', 'paper-raised', 'paper-sunk']
const layers = [1, 2, 3, 4, 5, 6]

/** What is read: 4.5 to 1 (WCAG 1.4.3). */
const words: [string, string][] = [
  ...papers.flatMap((paper): [string, string][] => [
    ['ink', paper],
    ['ink-soft', paper],
    ['ink-faint', paper],
    ['accent', paper],
    ['accent-strong', paper],
    ['danger', paper],
    ['ok', paper],
    ['warning', paper],
    ...layers.map((layer): [string, string] => [`layer-${layer}`, paper]),
  ]),
  ...layers.flatMap((layer): [string, string][] => [
    ['ink', `layer-${layer}-soft`],
    [`layer-${layer}`, `layer-${layer}-soft`],
  ]),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['ink', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['danger-ink', 'danger'],
  ['danger', 'danger-soft'],
  ['ink', 'danger-soft'],
  ['ok', 'ok-soft'],
  ['ink', 'ok-soft'],
  ['warning', 'warning-soft'],
  ['ink', 'warning-soft'],
  ['ink', 'selection'],
]

/** What is only recognised, such as the edge of a field or the ring of the focus: 3 to 1 (WCAG 1.4.11). */
const shapes: [string, string][] = papers.flatMap((paper): [string, string][] => [
  ['edge', paper],
  ['focus', paper],
])

describe.each(Object.entries(readPalettes()))('in the %s theme', (_theme, palette) => {
  const colour = (token: string) => palette[token] ?? `no token --${token}`

  test.each(words)('%s can be read on %s', (ink, paper) => {
    expect(contrastOf(colour(ink), colour(paper))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(shapes)('%s can be made out on %s', (shape, paper) => {
    expect(contrastOf(colour(shape), colour(paper))).toBeGreaterThanOrEqual(3)
  })

  test('the text itself stands at AAA on its paper', () => {
    expect(contrastOf(colour('ink'), colour('paper'))).toBeGreaterThanOrEqual(7)
  })
})
