import {
  citeEvidence,
  citePassage,
  describeDifferences,
  describeFate,
  findDissent,
  nameHolders,
  passagesOf,
  quoteEvidence,
} from '#domain/disputes/describe-dispute.ts'
import type { Dispute, DisputePassage, DisputePosition, Evidence } from '#domain/wire/dispute.ts'
import { statusWords } from './dispute-words.ts'
import styles from './printed.module.css'

/** Disputes set for paper: question, passages, positions, evidence quoted with its source, outcome, dissent. */
export function PrintedDisputes({ disputes }: { readonly disputes: readonly Dispute[] }) {
  return (
    <main id="main" tabIndex={-1} className={styles.sheet}>
      {disputes.map((dispute) => (
        <PrintedDispute key={dispute.id} dispute={dispute} />
      ))}
    </main>
  )
}

function PrintedDispute({ dispute }: { readonly dispute: Dispute }) {
  const { id, question, status, raisedBy, createdAt, note, passages, positions, undecided } = dispute
  return (
    <article className={styles.dispute}>
      <h1 dir="auto">{question}</h1>
      <p className={styles.small}>
        Dispute {id}. {statusWords[status].is}. Raised by {raisedBy.name}, {createdAt.slice(0, 10)}.
      </p>
      {passages.map((passage) =>
        'hidden' in passage ? (
          <p key={passage.id} className={styles.small}>
            A passage in a text that you may not open.
          </p>
        ) : (
          <Quotation key={passage.id} words={passage.exact} source={sourceOf(passage)} />
        ),
      )}
      {note && note.text !== '' && (
        <p className={styles.note} dir="auto">
          {note.author.name}: {note.text}
        </p>
      )}
      {positions.map((position) => (
        <PrintedPosition key={position.id} position={position} />
      ))}
      {undecided.length > 0 && <p>Undecided: {undecided.map(({ person }) => person.name).join('; ')}.</p>}
      <Outcome dispute={dispute} />
    </article>
  )
}

function PrintedPosition({ position }: { readonly position: DisputePosition }) {
  const { number, statement, note, evidence } = position
  const holders = nameHolders(position).join('; ')
  return (
    <section>
      <h2 dir="auto">
        {number}. {statement}
        {position.withdrawn && ' (withdrawn)'}
      </h2>
      <p className={styles.small}>{holders === '' ? 'Nobody holds it.' : `Held by ${holders}.`}</p>
      {note.text !== '' && (
        <p className={styles.note} dir="auto">
          {note.text}
        </p>
      )}
      {evidence.map((each) => (
        <PrintedEvidence key={each.id} evidence={each} />
      ))}
    </section>
  )
}

function PrintedEvidence({ evidence }: { readonly evidence: Evidence }) {
  if ('hidden' in evidence) return <p className={styles.small}>Evidence in a text that you may not open.</p>
  const { side, author, note, source } = evidence
  const quoted = passagesOf(source)
  return (
    <div className={styles.evidence}>
      <p className={styles.side}>{side === 'for' ? 'For' : 'Against'}</p>
      {quoted.length > 0 ? (
        quoted.map((passage) => (
          <Quotation key={passage.id} words={passage.exact} source={sourceOf(passage)} />
        ))
      ) : (
        <Quotation words={quoteEvidence(evidence)} source={citeEvidence(evidence)} />
      )}
      {source.kind === 'parallel' &&
        describeDifferences(source).map((line) => (
          <p key={line} className={styles.small} dir="auto">
            {line}
          </p>
        ))}
      {note !== '' && (
        <p dir="auto">
          {author.name}: {note}
        </p>
      )}
    </div>
  )
}

const sourceOf = (passage: DisputePassage) =>
  [citePassage(passage), describeFate(passage)].filter(Boolean).join('. ')

function Quotation({ words, source }: { readonly words: string; readonly source: string }) {
  return (
    <figure className={styles.quotation}>
      <blockquote dir="auto">{words}</blockquote>
      {source !== '' && (
        <figcaption className={styles.small} dir="auto">
          {source}
        </figcaption>
      )}
    </figure>
  )
}

function Outcome({ dispute }: { readonly dispute: Dispute }) {
  const { outcome, status } = dispute
  if (!outcome) return null
  const dissent = findDissent(dispute)
  return (
    <section>
      <h2>{status === 'settled' ? 'Outcome' : 'Set aside'}</h2>
      {outcome.text !== '' && <p dir="auto">{outcome.text}</p>}
      <p dir="auto">{outcome.rationale}</p>
      <p className={styles.small}>
        {outcome.by.name}, {outcome.at.slice(0, 10)}
      </p>
      {dissent.length > 0 && (
        <>
          <h3>Dissent</h3>
          <ul>
            {dissent.map((position) => (
              <li key={position.id} dir="auto">
                {position.statement} ({nameHolders(position).join('; ')})
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
