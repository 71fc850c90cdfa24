import type { Dispute } from '../wire/dispute.ts'
import { citeEvidence, citePassage, nameHolders, quoteEvidence } from './describe-dispute.ts'

const columns = [
  'dispute',
  'address',
  'question',
  'status',
  'outcome',
  'rationale',
  'raised_by',
  'raised_at',
  'dividedness',
  'part',
  'position',
  'statement',
  'holders',
  'side',
  'quote',
  'source',
  'note',
  'author',
] as const

type Row = Partial<Record<(typeof columns)[number], string | number>>

/**
 * Disputes as CSV (RFC 4180): one row for each dispute, passage, position and piece of evidence, told apart by
 * `part`; each names its dispute, so that rows can be filtered alone.
 */
export function disputesToCsv(disputes: readonly Dispute[], publicUrl: string): string {
  const rows = disputes.flatMap((dispute) => toRows(dispute, publicUrl))
  const lines = [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))]
  return `${lines.join('\r\n')}\r\n`
}

function toRows(dispute: Dispute, publicUrl: string): Row[] {
  const { id, question, status, outcome, raisedBy, createdAt, dividedness, passages, positions } = dispute
  const whole: Row = { dispute: id, address: `${publicUrl}/disputes/${id}`, question, status }
  return [
    {
      ...whole,
      part: 'dispute',
      outcome: outcome?.text,
      rationale: outcome?.rationale,
      raised_by: raisedBy.name,
      raised_at: createdAt,
      dividedness: dividedness ?? undefined,
    },
    ...passages.map((passage) =>
      'hidden' in passage
        ? { ...whole, part: 'hidden passage' }
        : { ...whole, part: 'passage', quote: passage.exact, source: citePassage(passage) },
    ),
    ...positions.flatMap((position): Row[] => {
      const held = { ...whole, position: position.number, statement: position.statement }
      return [
        {
          ...held,
          part: 'position',
          holders: nameHolders(position).join('; '),
          note: position.note.text,
          author: position.author.name,
        },
        ...position.evidence.map((evidence) =>
          'hidden' in evidence
            ? { ...held, part: 'hidden evidence' }
            : {
                ...held,
                part: 'evidence',
                side: evidence.side,
                quote: quoteEvidence(evidence),
                source: citeEvidence(evidence),
                note: evidence.note,
                author: evidence.author.name,
              },
        ),
      ]
    }),
  ]
}

/** A cell that begins like a formula is quoted with an apostrophe, so that no spreadsheet runs what somebody wrote. */
function cell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '')
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
