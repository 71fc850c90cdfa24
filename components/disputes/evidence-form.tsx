'use client'

import { useEffect, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { newId } from '#components/client/new-id.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { NewEvidence } from '#domain/wire/dispute-requests.ts'
import type { Parallel } from '#domain/wire/parallel.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import { addEvidence, listFinds } from './dispute-api.ts'
import { PassageFinder } from './passage-finder.tsx'
import { sideOptions } from './side-options.ts'

export interface EvidenceFormProps {
  readonly dispute: Dispute
  /** The position that it is opened under; null: closed. */
  readonly positionId: string | null
  readonly onClose: () => void
  readonly onDispute: (next: Dispute) => void
}

type Kind = 'passage' | 'parallel' | 'thread' | 'citation'

const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'passage', label: 'Words of a text in the corpus' },
  { value: 'parallel', label: 'The same words elsewhere, with what differs' },
  { value: 'thread', label: 'A note in a margin' },
  { value: 'citation', label: 'A work from outside' },
]

/** Brings evidence for or against a position. */
export function EvidenceForm({ dispute, positionId, onClose, onDispute }: EvidenceFormProps) {
  const [kind, setKind] = useState<Kind>('passage')
  const [id, setId] = useState(newId)
  const [passage, setPassage] = useState<NewPassage | null>(null)
  const finds = useFinds(dispute, positionId !== null)
  const position = dispute.positions.find((each) => each.id === positionId)
  return (
    <FormDialog
      open={positionId !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Bring evidence"
      description={position && `For or against: ${position.statement}`}
      send="Bring it"
      shown={['citation', 'threadId']}
      onSend={async (fields) => {
        if (positionId === null) return
        const evidence = toEvidence(kind, fields, { id, positionId, passage })
        onDispute(await addEvidence(dispute.id, evidence))
        setId(newId())
      }}
    >
      {(errors) => (
        <>
          <Select label="It speaks" name="side" options={sideOptions} />
          <Select
            label="It is"
            value={kind}
            onChange={(event) =>
              setKind(kinds.find(({ value }) => value === event.target.value)?.value ?? 'passage')
            }
            options={kinds.filter(({ value }) => value !== 'parallel' || finds.length > 0)}
          />
          {kind === 'passage' && <PassageFinder documentId={dispute.documentId} onPassage={setPassage} />}
          {kind === 'parallel' && (
            <Select
              label="Which"
              name="parallelId"
              options={finds.map((find) => ({ value: find.id, label: findWords(find) }))}
            />
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

interface EvidencePlace {
  readonly id: string
  readonly positionId: string
  readonly passage: NewPassage | null
}

function toEvidence(kind: Kind, fields: FormData, { passage, ...place }: EvidencePlace): NewEvidence {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const whole = { ...place, side: text('side') === 'for' ? 'for' : 'against', note: text('note') } as const
  switch (kind) {
    case 'passage':
      if (!passage) throw new ApiError('incomplete', 'Find the words that it quotes first.', 0)
      return { ...whole, passage }
    case 'parallel':
      return { ...whole, parallelId: text('parallelId') }
    case 'thread':
      return { ...whole, threadId: readThreadId(text('thread')) }
    case 'citation':
      return { ...whole, citation: text('citation') }
  }
}

/** The thread that a copied link leads to; what is no link is taken for its id. */
const readThreadId = (link: string) => /[?&]thread=([^&#]+)/.exec(link)?.[1] ?? link

const findWords = ({ there, differences }: Parallel) => {
  const words = there.exact.length > 60 ? `${there.exact.slice(0, 60)}…` : there.exact
  const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`
  return `${there.document.title}: “${words}” (${differences.length === 0 ? 'word for word' : count})`
}

/** Where else the words of the dispute's passages stand, asked for when the form is opened. */
function useFinds({ passages }: Dispute, isWanted: boolean): readonly Parallel[] {
  const [finds, setFinds] = useState<readonly Parallel[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for at each opening, not at each change
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    listFinds(passages.flatMap((each) => ('hidden' in each ? [] : [each]))).then(
      (found) => isCurrent && setFinds(found),
      // Everything else can be brought all the same.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted])
  return finds
}
