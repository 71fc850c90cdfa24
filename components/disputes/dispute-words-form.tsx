'use client'

import { useEffect, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { newId } from '#components/client/new-id.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { DisputeSummary } from '#domain/wire/dispute.ts'
import type { NewEvidence } from '#domain/wire/dispute-requests.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import { addEvidence, listGoingOn, openDispute } from './dispute-api.ts'
import { QuestionField } from './question-field.tsx'
import { sideOptions } from './side-options.ts'

export interface DisputeWordsFormProps {
  /** The document that a new dispute belongs to. */
  readonly documentId: string
  /** What a new dispute is about. */
  readonly passages: readonly NewPassage[]
  /** The same as evidence in a dispute that goes on. */
  readonly evidence: Pick<NewEvidence, 'passage' | 'parallelId'>
  /** What each of the passages says. */
  readonly words: readonly string[]
  /** Where a new dispute is opened; null where the person may write nowhere. */
  readonly layer: { readonly id: string; readonly name: string } | null
  readonly onClose: () => void
}

/** Takes passages into a dispute: as what a new one is about, or as evidence in one that goes on. */
export function DisputeWordsForm(props: DisputeWordsFormProps) {
  const { documentId, passages, evidence, words, layer, onClose } = props
  const disputes = useGoingOn()
  const [chosen, setChosen] = useState('')
  const [id] = useState(newId)
  const dispute = disputes.find((each) => each.id === chosen) ?? (layer === null ? disputes[0] : undefined)
  const open = async (fields: FormData) => {
    if (layer === null)
      throw new ApiError('incomplete', 'There is no dispute that this can be brought to.', 0)
    const question = String(fields.get('question'))
    const about = { documentId, layerId: layer.id, passages: [...passages], tags: [] }
    const made = await openDispute({ id, ...about, question })
    location.assign(`/disputes/${made.id}`)
  }
  const bring = async (to: DisputeSummary, fields: FormData) => {
    const side = fields.get('side') === 'for' ? 'for' : 'against'
    const positionId = String(fields.get('positionId'))
    await addEvidence(to.id, { id, positionId, side, ...evidence, note: String(fields.get('note') ?? '') })
    const lead = { label: 'Open the dispute', run: () => location.assign(`/disputes/${to.id}`) }
    showToast({ text: 'Brought as evidence.', action: lead })
  }
  return (
    <FormDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Take these words into a dispute"
      description={words.map((each) => `“${shorten(each)}”`).join(' │ ')}
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
              ...(layer === null ? [] : [{ value: '', label: 'A new one, about these words' }]),
              ...disputes.map((each) => ({ value: each.id, label: `Evidence in: ${each.question}` })),
            ]}
          />
          {dispute ? (
            <EvidenceFields key={dispute.id} dispute={dispute} />
          ) : (
            <QuestionField
              error={errors.question}
              hint={layer && `Opened in ${layer.name}, for whoever reads that.`}
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
      <Select label="It speaks" name="side" options={sideOptions} />
      <Select
        label="The position"
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
