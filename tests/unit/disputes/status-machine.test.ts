import { describe, expect, it } from 'vitest'
import {
  type DisputeStatus,
  possibleSteps,
  refuseStep,
  type StepFacts,
} from '#domain/disputes/status-machine.ts'

const statuses: readonly DisputeStatus[] = ['open', 'contested', 'settled', 'set-aside']
const anyone: StepFacts = {
  status: 'open',
  positionCount: 2,
  hasNewEvidence: false,
  takesPart: true,
  isArbiter: false,
}
const words = { outcome: 'So it is.', rationale: 'The text says so.' }

describe('who may lead a dispute where', () => {
  const table: [string, Partial<StepFacts>, Record<DisputeStatus, DisputeStatus[]>][] = [
    ['an observer', { takesPart: false }, { open: [], contested: [], settled: [], 'set-aside': [] }],
    ['who takes part', {}, { open: ['contested'], contested: [], settled: [], 'set-aside': [] }],
    [
      'who takes part and brought new evidence',
      { hasNewEvidence: true },
      { open: ['contested'], contested: [], settled: ['open'], 'set-aside': ['open'] },
    ],
    [
      'an arbiter',
      { isArbiter: true },
      {
        open: ['contested', 'settled', 'set-aside'],
        contested: ['settled', 'set-aside'],
        settled: ['open'],
        'set-aside': ['open'],
      },
    ],
    [
      'an arbiter of a dispute with one position',
      { isArbiter: true, positionCount: 1 },
      {
        open: ['settled', 'set-aside'],
        contested: ['settled', 'set-aside'],
        settled: ['open'],
        'set-aside': ['open'],
      },
    ],
  ]
  it.each(table)('%s', (_, facts, expected) => {
    for (const status of statuses) {
      expect(possibleSteps({ ...anyone, ...facts, status }), status).toEqual(expected[status])
    }
  })
})

describe('what a step needs', () => {
  const arbiter = { ...anyone, isArbiter: true }

  it('settling needs an outcome and a rationale', () => {
    expect(refuseStep(arbiter, 'settled', words)).toBeNull()
    expect(refuseStep(arbiter, 'settled', { ...words, outcome: '' })?.kind).toBe('lacking')
    expect(refuseStep(arbiter, 'settled', { ...words, rationale: '' })?.kind).toBe('lacking')
  })

  it('setting aside and reopening need a rationale, and no outcome', () => {
    const settled = { ...arbiter, status: 'settled' } as const
    for (const [facts, to] of [
      [arbiter, 'set-aside'],
      [settled, 'open'],
    ] as const) {
      expect(refuseStep(facts, to, { outcome: '', rationale: 'So.' })).toBeNull()
      expect(refuseStep(facts, to, { outcome: '', rationale: '' })?.kind).toBe('lacking')
    }
  })

  it('tells a step that nobody can take from one that somebody else can', () => {
    expect(refuseStep(arbiter, 'open', words)?.kind).toBe('no-such-step')
    expect(refuseStep(anyone, 'settled', words)?.kind).toBe('not-allowed')
  })
})
