import type { Dispute, Evidence } from '../wire/dispute.ts'
import { citeEvidence, quoteEvidence } from './describe-dispute.ts'

/**
 * Disputes in Argdown: a section for each, its positions as statements, evidence as arguments that support (`+`) or
 * attack (`-`) them. Titles carry the dispute's id, since Argdown joins what has the same title.
 */
export function disputesToArgdown(disputes: readonly Dispute[], publicUrl: string): string {
  return `${disputes.map((dispute) => toSection(dispute, publicUrl).join('\n')).join('\n\n')}\n`
}

function toSection({ id, question, status, outcome, positions }: Dispute, publicUrl: string): string[] {
  return [
    `# ${plain(question)}`,
    '',
    `// ${publicUrl}/disputes/${id} (${status})`,
    ...(outcome ? [`// ${oneLine(`${outcome.text} ${outcome.rationale}`)}`] : []),
    ...positions.flatMap(({ number, statement, evidence }) => [
      '',
      `[${id}.${number}]: ${plain(statement)}`,
      ...evidence.map((each, index) => toArgument(each, `${id}.${number}.${index + 1}`)),
    ]),
  ]
}

function toArgument(evidence: Evidence, title: string): string {
  // Which way it speaks is not told of evidence that may not be opened.
  if ('hidden' in evidence) return '  // evidence that you may not open'
  const words = [quoteEvidence(evidence), citeEvidence(evidence), evidence.note]
  const text = words.filter((part) => part !== '').join(' — ')
  return `  ${evidence.side === 'for' ? '+' : '-'} <${title}>: ${plain(text)}`
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** On one line, without the signs that Argdown reads: what they mark is neither a title nor a tag nor a comment. */
const plain = (text: string) =>
  oneLine(text)
    .replaceAll('//', '/ /')
    .replace(/[[\]<>{}#@*_\\]/g, '\\$&')
