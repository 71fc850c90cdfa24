/** The dispute of the demo: three people about a sentence that one text quotes and another one cuts short. */
import type { Person } from '#domain/policy/actor.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { NewEvidence } from '#domain/wire/dispute-requests.ts'
import type { Services } from '../services/services.ts'

/** Who argues, about which texts, and where. */
export interface SampleDispute {
  readonly helen: Person
  readonly anna: Person
  readonly bo: Person
  readonly report: string
  readonly pamphlet: string
  readonly answer: string
  readonly layerId: string
}

const id = (last: string) => `5e1d0a52-0000-4000-8000-0000000000${last}`
const threadId = id('41')
const [unfair, fair] = [id('42'), id('43')]
const question = 'Does the pamphlet quote the report fairly?'

/** Argues as far as it has not been argued yet; once the last step is taken, or people go on by themselves, it stays as it is. */
export async function seedDispute(services: Services, sample: SampleDispute): Promise<void> {
  let dispute = await openOrFind(services, sample)
  for (const [index, step] of steps(services, sample).entries()) {
    // What was raised is the first row of the history.
    if (dispute.history.length > index + 1) continue
    dispute = await step(dispute.id)
  }
}

async function openOrFind(services: Services, sample: SampleDispute): Promise<Dispute> {
  const { bo, report, pamphlet, layerId } = sample
  const { items } = await services.disputes.list(bo, { sort: 'age', limit: 200, document: pamphlet })
  const found = items.find((each) => each.threadId === threadId)
  if (found) return services.disputes.get(bo, found.id)
  return services.disputes.open(bo, {
    id: threadId,
    documentId: pamphlet,
    layerId,
    question,
    passages: [
      { exact: 'The weir was not neglected by those who kept it,' },
      {
        documentId: report,
        exact:
          'The weir was not neglected by those who kept it, but it was altered by those who did not understand it; and an altered weir wants more keeping than a new one.',
      },
    ],
    note: 'He stops at the comma. Whoever has only read the pamphlet must think that the report clears the Board.',
    tags: ['quotation'],
  })
}

type Step = (disputeId: string) => Promise<Dispute>

function steps({ disputes }: Services, { helen, anna, bo, ...texts }: SampleDispute): readonly Step[] {
  const state =
    (by: Person, position: string, statement: string): Step =>
    (to) =>
      disputes.addPosition(by, to, { id: position, statement })
  const bring =
    (by: Person, evidence: NewEvidence): Step =>
    (to) =>
      disputes.addEvidence(by, to, evidence)
  const hold =
    (by: Person, weights: readonly (readonly [string, number])[], reason: string): Step =>
    (to) =>
      disputes.takeStance(by, to, {
        positions: weights.map(([position, weight]) => ({ id: position, weight })),
        reason,
      })
  return [
    state(bo, unfair, 'No: it stops where the sentence turns into a charge against the Board.'),
    hold(bo, [[unfair, 1]], 'The half that is left out is the half that matters.'),
    state(anna, fair, 'Yes: it prints what the Board itself read out, and says so.'),
    bring(anna, {
      id: id('44'),
      positionId: fair,
      side: 'for',
      passage: {
        documentId: texts.pamphlet,
        exact: 'they read out to us in the Corn Exchange, and sat down.',
      },
      note: 'The cut is the Board’s. He only repeats it.',
    }),
    hold(anna, [[fair, 1]], ''),
    hold(helen, [], 'I should like to see where else he cuts.'),
    bring(bo, {
      id: id('45'),
      positionId: unfair,
      side: 'for',
      passage: {
        documentId: texts.answer,
        exact: 'That is no shield for the Board. It is the hardest thing that is said of us in forty pages.',
      },
      note: 'The clerk had no reason to say so.',
    }),
    bring(helen, {
      id: id('46'),
      positionId: unfair,
      side: 'for',
      passage: { documentId: texts.report, exact: 'before the winter and not after' },
      note: 'He leaves out the end of the keeper’s letter as well. Nobody had read that out to him.',
    }),
    hold(
      anna,
      [
        [unfair, 2],
        [fair, 1],
      ],
      'The letter changes my mind for the most part: there the cut is his own.',
    ),
  ]
}
