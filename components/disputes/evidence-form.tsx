'use client'

import { useEffect, useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import type { Dispute, NewEvidence } from '#domain/wire/dispute.ts'
import type { Document } from '#domain/wire/document.ts'
import { addEvidence, listDocuments } from './dispute-api.ts'

export interface EvidenceFormProps {
  readonly dispute: Dispute
  /** The position that it is opened under; null: closed. */
  readonly positionId: string | null
  readonly onClose: () => void
  readonly onDispute: (next: Dispute) => void
}

type Kind = 'passage' | 'thread' | 'citation'

const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'passage', label: 'Words of a text in the corpus' },
  { value: 'thread', label: 'A note in a margin' },
  { value: 'citation', label: 'A work from outside' },
]

/** Brings evidence for or against a position. */
export function EvidenceForm({ dispute, positionId, onClose, onDispute }: EvidenceFormProps) {
  const [kind, setKind] = useState<Kind>('passage')
  const [id, setId] = useState(newId)
  const documents = useDocuments(positionId !== null)
  const position = dispute.positions.find((each) => each.id === positionId)
  return (
    <FormDialog
      open={positionId !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Bring evidence"
      description={position && `For or against: ${position.statement}`}
      send="Bring it"
      shown={['passage.exact', 'citation', 'threadId']}
      onSend={async (fields) => {
        if (positionId === null) return
        onDispute(await addEvidence(dispute.id, toEvidence(kind, fields, { id, positionId })))
        setId(newId())
      }}
    >
      {(errors) => (
        <>
          <Select
            label="It speaks"
            name="side"
            options={[
              { value: 'for', label: 'for the position' },
              { value: 'against', label: 'against the position' },
            ]}
          />
          <Select
            label="It is"
            value={kind}
            onChange={(event) =>
              setKind(kinds.find(({ value }) => value === event.target.value)?.value ?? 'passage')
            }
            options={kinds}
          />
          {kind === 'passage' && (
            <>
              <Select
                label="Text"
                name="documentId"
                defaultValue={dispute.documentId}
                options={documents.map(({ id: value, title }) => ({ value, label: title }))}
              />
              <TextArea
                label="The words, as they stand there"
                name="exact"
                rows={3}
                required
                error={errors['passage.exact']}
                hint="Copied from the text; where they stand is found."
              />
            </>
          )}
          {kind === 'thread' && (
            <TextArea
              label="Link to the note"
              name="thread"
              rows={2}
              required
              error={errors.threadId}
              hint="“Copy link” on its card gives it."
            />
          )}
          {kind === 'citation' && (
            <TextArea label="Citation" name="citation" rows={3} required error={errors.citation} />
          )}
          <TextArea label="What it shows" name="note" rows={2} hint="May be left empty." />
        </>
      )}
    </FormDialog>
  )
}

function toEvidence(kind: Kind, fields: FormData, place: { id: string; positionId: string }): NewEvidence {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const whole = { ...place, side: text('side') === 'for' ? 'for' : 'against', note: text('note') } as const
  switch (kind) {
    case 'passage':
      return { ...whole, passage: { documentId: text('documentId'), exact: text('exact') } }
    case 'thread':
      return { ...whole, threadId: readThreadId(text('thread')) }
    case 'citation':
      return { ...whole, citation: text('citation') }
  }
}

/** The thread that a copied link leads to; what is no link is taken for its id. */
const readThreadId = (link: string) => /[?&]thread=([^&#]+)/.exec(link)?.[1] ?? link

/** The documents to quote from, asked for when the form is first opened. */
function useDocuments(isWanted: boolean): readonly Pick<Document, 'id' | 'title'>[] {
  const [documents, setDocuments] = useState<readonly Document[]>([])
  const isMissing = isWanted && documents.length === 0
  useEffect(() => {
    if (!isMissing) return
    let isCurrent = true
    listDocuments().then(
      (found) => isCurrent && setDocuments(found),
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isMissing])
  return documents
}
