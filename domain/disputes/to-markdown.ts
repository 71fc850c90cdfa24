import type { Dispute, DisputePassage, DisputePosition, Evidence, VisibleEvidence } from '../wire/dispute.ts'
import {
  citeEvidence,
  citePassage,
  describeDifferences,
  describeFate,
  findDissent,
  nameHolders,
  passagesOf,
  quoteEvidence,
} from './describe-dispute.ts'

/** Disputes as CommonMark: question, passages, positions with their evidence, outcome and dissent. */
export function disputesToMarkdown(disputes: readonly Dispute[], publicUrl: string): string {
  return `${disputes.map((dispute) => toSections(dispute, publicUrl).join('\n\n')).join('\n\n---\n\n')}\n`
}

function toSections(dispute: Dispute, publicUrl: string): string[] {
  const { id, question, status, raisedBy, createdAt, note, passages, positions, undecided } = dispute
  return [
    `# ${plain(question)}`,
    `Dispute [${id}](${publicUrl}/disputes/${id}), ${status}. Raised by ${plain(raisedBy.name)} on ${day(createdAt)}.`,
    ...(note && note.text !== '' ? [`${plain(note.author.name)}: ${plain(note.text)}`] : []),
    ...passages.map((passage) => ('hidden' in passage ? notOpen : quote(passage))),
    ...positions.flatMap((position) => toPosition(position)),
    ...(undecided.length > 0
      ? [`Undecided: ${undecided.map(({ person }) => plain(person.name)).join('; ')}.`]
      : []),
    ...toOutcome(dispute),
  ]
}

const notOpen = '*A passage in a document that you may not open.*'

function toPosition(position: DisputePosition): string[] {
  const { number, statement, author, note, evidence } = position
  const holders = nameHolders(position).map(plain).join('; ')
  return [
    `## ${number}. ${plain(statement)}${position.withdrawn ? ' (withdrawn)' : ''}`,
    `Stated by ${plain(author.name)}. ${holders === '' ? 'Nobody holds it.' : `Held by ${holders}.`}`,
    ...(note.text === '' ? [] : [plain(note.text)]),
    ...evidence.map(toEvidence),
  ]
}

function toEvidence(evidence: Evidence): string {
  if ('hidden' in evidence) return '*Evidence that you may not open.*'
  const { side, author, note } = evidence
  const words = quoteSource(evidence)
  const said = note === '' ? '' : `\n\n${plain(author.name)}: ${plain(note)}`
  return `**${side === 'for' ? 'For' : 'Against'}**\n\n${words}${said}`
}

function quoteSource(evidence: VisibleEvidence): string {
  const { source } = evidence
  const quoted = passagesOf(source).map(quote)
  if (source.kind === 'parallel') {
    const differences = describeDifferences(source).map((line) => `- ${plain(line)}`)
    return [...quoted, differences.join('\n')].filter(Boolean).join('\n\n')
  }
  return (
    quoted[0] ??
    [asQuotation(quoteEvidence(evidence)), plain(citeEvidence(evidence))].filter(Boolean).join('\n>\n> — ')
  )
}

function quote(passage: DisputePassage): string {
  const fate = describeFate(passage)
  return `${asQuotation(passage.exact)}\n>\n> — ${plain(citePassage(passage))}${fate === null ? '' : `. ${plain(fate)}`}`
}

function toOutcome(dispute: Dispute): string[] {
  const { outcome, status } = dispute
  if (!outcome) return []
  const dissent = findDissent(dispute).map(
    (position) => `- ${plain(position.statement)} (${nameHolders(position).map(plain).join('; ')})`,
  )
  return [
    '## Outcome',
    ...(status === 'settled' ? [plain(outcome.text)] : ['Set aside.']),
    `${plain(outcome.rationale)} (${plain(outcome.by.name)}, ${day(outcome.at)})`,
    ...(dissent.length > 0 ? ['### Dissent', dissent.join('\n')] : []),
  ]
}

const day = (instant: string) => instant.slice(0, 10)

const asQuotation = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${plain(line)}`)
    .join('\n')

/** Signs that would be read as Markdown, also where they begin a line. */
const plain = (text: string) =>
  text.replace(/[\\`*_[\]<>&|~#]/g, '\\$&').replace(/^([ \t]*)([-+]|\d{1,9}[.)])(?=\s)/gm, '$1\\$2')
