/**
 * Disputes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): the dispute questions its passages,
 * each position replies to it, each piece of evidence links a position to what speaks for or against it, each stance
 * and the outcome assess.
 */
import type { Dispute, DisputePassage, DisputePosition, VisibleEvidence } from '../wire/dispute.ts'
import type { PersonRef } from '../wire/shared.ts'
import { passagesOf, quoteEvidence } from './describe-dispute.ts'

type Json = { readonly [name: string]: unknown }

/** All annotations of these disputes in one collection. */
export function disputesToAnnotations(disputes: readonly Dispute[], publicUrl: string): Json {
  const items = disputes.flatMap((dispute) => annotate(dispute, publicUrl))
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `${publicUrl}/disputes`,
    type: 'AnnotationCollection',
    total: items.length,
    first: { id: `${publicUrl}/disputes#all`, type: 'AnnotationPage', startIndex: 0, items },
  }
}

function annotate(dispute: Dispute, publicUrl: string): Json[] {
  const id = `${publicUrl}/disputes/${dispute.id}`
  const passages = dispute.passages.flatMap((each) => ('hidden' in each ? [] : [toResource(each, publicUrl)]))
  return [
    {
      id,
      type: 'Annotation',
      motivation: 'questioning',
      creator: toAgent(dispute.raisedBy),
      created: dispute.createdAt,
      modified: dispute.activeAt,
      body: [
        toText(dispute.question, 'questioning'),
        toText(dispute.status, 'classifying'),
        ...dispute.tags.map((tag) => toText(tag, 'tagging')),
      ],
      target: passages.length > 0 ? passages : `${publicUrl}/disputes/${dispute.id}#about`,
    },
    ...dispute.positions.flatMap((position) => annotatePosition(position, id, publicUrl)),
    ...(dispute.outcome
      ? [
          {
            id: `${id}#outcome`,
            type: 'Annotation',
            motivation: 'assessing',
            creator: toAgent(dispute.outcome.by),
            created: dispute.outcome.at,
            body: [dispute.outcome.text, dispute.outcome.rationale]
              .filter((text) => text !== '')
              .map((text) => toText(text, 'assessing')),
            target: id,
          },
        ]
      : []),
  ]
}

function annotatePosition(position: DisputePosition, disputeId: string, publicUrl: string): Json[] {
  const id = `${disputeId}#position-${position.number}`
  return [
    {
      id,
      type: 'Annotation',
      motivation: 'replying',
      creator: toAgent(position.author),
      body: [position.statement, position.note.text]
        .filter((text) => text !== '')
        .map((text) => toText(text, 'replying')),
      target: disputeId,
    },
    ...position.evidence.flatMap((each) => ('hidden' in each ? [] : [annotateEvidence(each, id, publicUrl)])),
    ...position.holders.map(({ person, share }) => ({
      id: `${id}-held-by-${person.id}`,
      type: 'Annotation',
      motivation: 'assessing',
      creator: toAgent(person),
      body: toText(String(share), 'assessing'),
      target: id,
    })),
  ]
}

function annotateEvidence(evidence: VisibleEvidence, positionId: string, publicUrl: string): Json {
  const { id, side, author, createdAt, note, source } = evidence
  const quoted = passagesOf(source)
  return {
    id: `${positionId}-evidence-${id}`,
    type: 'Annotation',
    motivation: 'linking',
    creator: toAgent(author),
    created: createdAt,
    body: [
      ...(quoted.length > 0
        ? quoted.map((passage) => ({ ...toResource(passage, publicUrl), purpose: 'linking' }))
        : [toText(quoteEvidence(evidence), 'linking')]),
      toText(side, 'classifying'),
      ...(note === '' ? [] : [toText(note, 'commenting')]),
    ],
    target: positionId,
  }
}

const toAgent = ({ id, name }: PersonRef): Json => ({ id: `urn:uuid:${id}`, type: 'Person', name })

const toText = (value: string, purpose: string): Json => ({
  type: 'TextualBody',
  value,
  format: 'text/plain',
  purpose,
})

/** The passage as it was quoted; the position is where it stands in the current edition, if it stands there. */
function toResource(
  { document, exact, prefix, suffix, start, end, anchor }: DisputePassage,
  publicUrl: string,
): Json {
  const quote = { type: 'TextQuoteSelector', exact, prefix, suffix }
  const position = { type: 'TextPositionSelector', start, end }
  return {
    type: 'SpecificResource',
    source: `${publicUrl}/read/${document.slug}`,
    selector: anchor.state === 'orphaned' ? [quote] : [quote, position],
  }
}
