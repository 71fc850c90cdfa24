'use client'

import { useEffect, useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea, TextField } from '#components/ui/text-field.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { DisputeSummary } from '#domain/wire/dispute.ts'
import { addEvidence, listGoingOn, openDispute } from './dispute-api.ts'

export interface DisputeWordsFormProps {
  readonly documentId: string
  readonly editionId: string
  readonly range: TextRange
  readonly words: string
  /** Where a new dispute is opened; null where the person may write nowhere. */
  readonly layerId: string | null
  readonly onClose: () => void
}

/** Takes the words that are selected in a text into a dispute: as what a new one is about, or as evidence in one that goes on. */
export function DisputeWordsForm(props: DisputeWordsFormProps) {
  const { words, layerId, onClose } = props
  const disputes = useGoingOn()
  const [chosen, setChosen] = useState('')
  const [id] = useState(newId)
  const dispute = disputes.find((each) => each.id === chosen) ?? (layerId === null ? disputes[0] : undefined)
  const passage = {
    documentId: props.documentId,
    editionId: props.editionId,
    start: props.range.start,
    end: props.range.end,
  }
  const open = async (fields: FormData) => {
    if (layerId === null) return
    const question = String(fields.get('question'))
    const made = await openDispute({
      id,
      documentId: props.documentId,
      layerId,
      passages: [passage],
      tags: [],
      question,
    })
    location.assign(`/disputes/${made.id}`)
  }
  const bring = async (to: DisputeSummary, fields: FormData) => {
    const side = fields.get('side') === 'for' ? 'for' : 'against'
    const positionId = String(fields.get('positionId'))
    await addEvidence(to.id, { id, positionId, side, passage, note: String(fields.get('note') ?? '') })
    const lead = { label: 'Open the dispute', run: () => location.assign(`/disputes/${to.id}`) }
    showToast({ text: 'Brought as evidence.', action: lead })
  }
  return (
    <FormDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Take these words into a dispute"
      description={`“${shorten(words)}”`}
      send={dispute ? 'Bring as evidence' : 'Open the dispute'}
      shown={['question']}
      onSend={(fields) => (dispute ? bring(dispute, fields) : open(fields))}
    >
      {(errors) => (
        <>
          <Select
            label="Dispute"
            value={dispute?.id ?? ''}
            onChange={(event) => setChosen(event.target.value)}
            options={[
              ...(layerId === null ? [] : [{ value: '', label: 'A new one, about these words' }]),
              ...disputes.map((each) => ({ value: each.id, label: `Evidence in: ${each.question}` })),
            ]}
          />
          {dispute ? (
            <EvidenceFields key={dispute.id} dispute={dispute} />
          ) : (
            <TextField
              label="The question"
              name="question"
              required
              maxLength={500}
              error={errors.question}
            />
          )}
        </>
      )}
    </FormDialog>
  )
}

function EvidenceFields({ dispute }: { readonly dispute: DisputeSummary }) {
  return (
    <>
      <Select
        label="It speaks"
        name="side"
        options={[
          { value: 'for', label: 'for' },
          { value: 'against', label: 'against' },
        ]}
      />
      <Select
        label="the position"
        name="positionId"
        options={dispute.positions.map(({ id, statement }) => ({ value: id, label: statement }))}
      />
      <TextArea label="What it shows" name="note" rows={2} hint="May be left empty." />
    </>
  )
}

/** Disputes that go on and have a position that evidence can be brought to. */
function useGoingOn(): readonly DisputeSummary[] {
  const [disputes, setDisputes] = useState<readonly DisputeSummary[]>([])
  useEffect(() => {
    listGoingOn().then(
      (found) => setDisputes(found.filter(({ positions }) => positions.length > 0)),
      // A new one can be opened all the same.
      () => {},
    )
  }, [])
  return disputes
}

const shorten = (words: string) => (words.length > 200 ? `${words.slice(0, 200)}…` : words)
