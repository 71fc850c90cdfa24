import { initialsOf } from '#components/ui/initials.ts'
import { type StanceTimeline, stanceTimeline, type TimelineEvent } from '#domain/disputes/stance-timeline.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import { heldWords } from './dispute-words.ts'
import { numberEvidence } from './number-evidence.ts'
import styles from './stance-plot.module.css'

const stepWidth = 34
const plotHeight = 120
const headHeight = 34
const footHeight = 34

/**
 * How the stances moved, from left to right in the order of what happened: a bar for each time that somebody took a
 * stance, parted among the positions, and between the bars the evidence that came before. The table behind it says
 * the same in words.
 */
export function StancePlot({ dispute }: { readonly dispute: Dispute }) {
  const timeline = stanceTimeline(toTimelineEvents(dispute.history))
  if (timeline.changes.length === 0) {
    return (
      <p className={styles.none}>
        {dispute.stancesHidden ? 'Others’ stances are hidden for now.' : 'Nobody has taken a stance yet.'}
      </p>
    )
  }
  return (
    <>
      <Bars dispute={dispute} timeline={timeline} />
      <details className={styles.behind}>
        <summary>The same as a table</summary>
        <StanceTable dispute={dispute} timeline={timeline} />
      </details>
    </>
  )
}

interface PlotProps {
  readonly dispute: Dispute
  readonly timeline: StanceTimeline
}

function Bars({ dispute, timeline: { points, changes, evidence } }: PlotProps) {
  const steps = [
    ...points.map((point, index) => ({ number: point.number, point, change: changes[index] })),
    ...evidence.map((mark) => ({ number: mark.number, mark })),
  ].sort((a, b) => a.number - b.number)
  const most = Math.max(1, ...points.map(({ held, undecided }) => sum([...held.values()]) + undecided))
  const numbers = numberEvidence(dispute)
  const unit = plotHeight / most
  const width = steps.length * stepWidth + 8
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Stances over time, scrolls sideways">
      <svg
        className={styles.plot}
        width={width}
        height={headHeight + plotHeight + footHeight}
        role="img"
        aria-label={`Stances over time: ${points.length} changes, ${evidence.length} pieces of evidence. The table below says the same.`}
      >
        <line
          className={styles.ground}
          x1={0}
          x2={width}
          y1={headHeight + plotHeight}
          y2={headHeight + plotHeight}
        />
        {steps.map((step, index) => {
          const x = index * stepWidth + 4
          return 'mark' in step ? (
            <g key={step.number}>
              <line
                className={styles.evidence}
                x1={x + stepWidth / 2}
                x2={x + stepWidth / 2}
                y1={headHeight - 12}
                y2={headHeight + plotHeight}
              />
              <text className={styles.label} x={x + stepWidth / 2} y={headHeight - 18}>
                E{numbers.get(step.mark.evidenceId)}
              </text>
            </g>
          ) : (
            <g key={step.number}>
              <Bar dispute={dispute} point={step.point} x={x} unit={unit} />
              <text className={styles.label} x={x + stepWidth / 2} y={headHeight + plotHeight + 16}>
                {initialsOf(step.change?.by.name ?? '')}
              </text>
            </g>
          )
        })}
      </svg>
    </section>
  )
}

function Bar({
  dispute,
  point: { held, undecided },
  x,
  unit,
}: {
  readonly dispute: Dispute
  readonly point: StanceTimeline['points'][number]
  readonly x: number
  readonly unit: number
}) {
  const parts = [
    ...dispute.positions.map(({ id, number }) => ({
      name: `${number}`,
      color: ((number - 1) % 6) + 1,
      part: held.get(id) ?? 0,
    })),
    { name: '?', color: 0, part: undecided },
  ].filter(({ part }) => part > 0)
  return parts.map(({ name, color, part }, index) => {
    const below = sum(parts.slice(0, index).map((each) => each.part))
    const y = headHeight + plotHeight - (below + part) * unit
    return (
      <g key={name}>
        <rect
          className={styles.part}
          data-color={color}
          x={x + 3}
          y={y + 1}
          width={stepWidth - 6}
          height={Math.max(1, part * unit - 2)}
        />
        {part * unit >= 14 && (
          <text className={styles.inside} x={x + stepWidth / 2} y={y + (part * unit) / 2 + 4}>
            {name}
          </text>
        )}
      </g>
    )
  })
}

function StanceTable({ dispute, timeline: { changes, points } }: PlotProps) {
  const numbers = numberEvidence(dispute)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Table of stances, scrolls sideways">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Held before</th>
            <th scope="col">Holds since</th>
            <th scope="col">New evidence before it</th>
            <th scope="col">Why</th>
            <th scope="col">Divided</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ number, at, by, from, to, reason, newEvidenceIds }, index) => (
            <tr key={number}>
              <td>
                <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
              </td>
              <th scope="row">{by.name}</th>
              <td>{from ? heldWords(from, dispute.positions) : '–'}</td>
              <td>{heldWords(to, dispute.positions)}</td>
              <td>{newEvidenceIds.map((id) => `E${numbers.get(id)}`).join(', ') || '–'}</td>
              <td dir="auto">{reason}</td>
              <td>{Math.round((points[index]?.dividedness ?? 0) * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The history as the timeline reads it; hidden evidence marks its place like any other, where it is first told of. */
function toTimelineEvents(history: Dispute['history']): TimelineEvent[] {
  const known = new Set<string>()
  return history.map((event) => {
    const { number, at } = event
    if (event.kind === 'stance') {
      const { by, positions, reason } = event
      return { number, at, kind: 'stance', by, positions, reason }
    }
    if (!('evidenceId' in event) || known.has(event.evidenceId)) return { number, at, kind: 'other' }
    known.add(event.evidenceId)
    return { number, at, kind: 'evidence', evidenceId: event.evidenceId }
  })
}

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0)
