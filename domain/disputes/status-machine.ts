/**
 * The life of a dispute: which status leads to which, who may take the step, and what it needs.
 *
 * A dispute begins `open`. Whoever takes part may call it `contested` once there are two positions to choose from.
 * Its arbiters (whoever raised it, and who moderates its layer) end it: `settled` with an outcome and a rationale, or
 * `set-aside` with a rationale. What was ended comes back as `open`: an arbiter needs a rationale for it, anybody
 * else who takes part also evidence that was not there when it ended. No other step exists.
 */

/** How a dispute stands. */
export type DisputeStatus = 'open' | 'contested' | 'settled' | 'set-aside'

/** The facts that a step is decided on. */
export interface StepFacts {
  readonly status: DisputeStatus
  /** Of those that were not withdrawn. */
  readonly positionCount: number
  /** Whether evidence was added since it was settled or set aside. */
  readonly hasNewEvidence: boolean
  /** Whether the person may take part: hold a position, bring evidence. */
  readonly takesPart: boolean
  /** Whether the person may end it. */
  readonly isArbiter: boolean
}

/** What comes with a step. */
export interface StepWords {
  readonly outcome: string
  readonly rationale: string
}

/** Why a step is not taken: there is none, somebody else may, or something is missing. */
export type StepRefusal =
  | { readonly kind: 'no-such-step'; readonly message: string }
  | { readonly kind: 'not-allowed'; readonly message: string }
  | { readonly kind: 'lacking'; readonly message: string }

interface Step {
  readonly from: readonly DisputeStatus[]
  readonly to: DisputeStatus
  readonly who: (facts: StepFacts) => boolean
  readonly whoWords: string
  readonly lacks: (facts: StepFacts, words: StepWords) => string | null
}

const noRationale = ({ rationale }: StepWords) =>
  rationale === '' ? 'Say why: a rationale is needed.' : null
const noOutcome = ({ outcome }: StepWords) =>
  outcome === '' ? 'Say how it ends: an outcome is needed.' : null

const steps: readonly Step[] = [
  {
    from: ['open'],
    to: 'contested',
    who: ({ takesPart }) => takesPart,
    whoWords: 'Only who takes part in a dispute may call it contested.',
    lacks: ({ positionCount }) =>
      positionCount < 2 ? 'A dispute is contested between two positions at least.' : null,
  },
  {
    from: ['open', 'contested'],
    to: 'settled',
    who: ({ isArbiter }) => isArbiter,
    whoWords: 'Only who raised a dispute and who moderates its layer may settle it.',
    lacks: (_, words) => noOutcome(words) ?? noRationale(words),
  },
  {
    from: ['open', 'contested'],
    to: 'set-aside',
    who: ({ isArbiter }) => isArbiter,
    whoWords: 'Only who raised a dispute and who moderates its layer may set it aside.',
    lacks: (_, words) => noRationale(words),
  },
  {
    from: ['settled', 'set-aside'],
    to: 'open',
    who: ({ isArbiter, takesPart, hasNewEvidence }) => isArbiter || (takesPart && hasNewEvidence),
    whoWords: 'To reopen what others ended, bring new evidence first.',
    lacks: (_, words) => noRationale(words),
  },
]

/** Why the dispute does not go to `to`, or null when it does. */
export function refuseStep(facts: StepFacts, to: DisputeStatus, words: StepWords): StepRefusal | null {
  const step = steps.find((each) => each.to === to && each.from.includes(facts.status))
  if (!step) return { kind: 'no-such-step', message: `What is ${facts.status} does not become ${to}.` }
  if (!step.who(facts)) return { kind: 'not-allowed', message: step.whoWords }
  const lacking = step.lacks(facts, words)
  return lacking === null ? null : { kind: 'lacking', message: lacking }
}

/** Where the person may lead the dispute now, given the words that a step needs. */
export function possibleSteps(facts: StepFacts): DisputeStatus[] {
  const words = { outcome: 'said', rationale: 'said' }
  return steps.map(({ to }) => to).filter((to) => refuseStep(facts, to, words) === null)
}

/** Whether it has ended: its question, passages and positions stay as they are until it is reopened. */
export const hasEnded = (status: DisputeStatus) => status === 'settled' || status === 'set-aside'
