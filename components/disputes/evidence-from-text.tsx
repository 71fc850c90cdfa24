'use client'

import { useEffect, useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { DisputeSummary } from '#domain/wire/dispute.ts'
import { addEvidence, listGoingOn } from './dispute-api.ts'

export interface EvidenceFromTextProps {
  readonly documentId: string
  readonly editionId: string
  readonly range: TextRange
  readonly words: string
  readonly onClose: () => void
}

/** Brings the words that are selected in a text as evidence into a dispute that goes on. */
export function EvidenceFromText({ documentId, editionId, range, words, onClose }: EvidenceFromTextProps) {
  const [disputes, setDisputes] = useState<readonly DisputeSummary[] | null>(null)
  const [chosen, setChosen] = useState('')
  const [id] = useState(newId)
  useEffect(() => {
    listGoingOn().then(setDisputes, () => setDisputes([]))
  }, [])
  const withPositions = (disputes ?? []).filter(({ positions }) => positions.length > 0)
  const dispute = withPositions.find((each) => each.id === chosen) ?? withPositions[0]
  const isEmpty = disputes !== null && !dispute
  return (
    <FormDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="As evidence in a dispute"
      description={isEmpty ? 'There is no dispute with positions that goes on.' : `“${shorten(words)}”`}
      send="Bring it"
      onSend={async (fields) => {
        if (!dispute) return
        const side = fields.get('side') === 'for' ? 'for' : 'against'
        const positionId = String(fields.get('positionId'))
        const note = String(fields.get('note') ?? '')
        const passage = { documentId, editionId, start: range.start, end: range.end }
        await addEvidence(dispute.id, { id, positionId, side, passage, note })
        showToast({
          text: 'Brought as evidence.',
          action: { label: 'Open the dispute', run: () => location.assign(`/disputes/${dispute.id}`) },
        })
      }}
    >
      {() =>
        dispute && (
          <>
            <Select
              label="Dispute"
              value={dispute.id}
              onChange={(event) => setChosen(event.target.value)}
              options={withPositions.map((each) => ({ value: each.id, label: each.question }))}
            />
            <Select
              label="It speaks"
              name="side"
              options={[
                { value: 'for', label: 'for' },
                { value: 'against', label: 'against' },
              ]}
            />
            <Select
              key={dispute.id}
              label="the position"
              name="positionId"
              options={dispute.positions.map(({ id: value, statement }) => ({ value, label: statement }))}
            />
            <TextArea label="What it shows" name="note" rows={2} hint="May be left empty." />
          </>
        )
      }
    </FormDialog>
  )
}

const shorten = (words: string) => (words.length > 200 ? `${words.slice(0, 200)}…` : words)
