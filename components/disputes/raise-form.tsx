'use client'

import { FormDialog } from '#components/ui/form-dialog.tsx'
import { raiseThread } from './dispute-api.ts'
import { QuestionField } from './question-field.tsx'

export interface RaiseFormProps {
  readonly threadId: string
  /** What the note says, which is often the question already. */
  readonly words: string
  readonly onClose: () => void
}

/** Asks for the question of a dispute that a thread is to be raised to, and leads to its page. */
export function RaiseForm({ threadId, words, onClose }: RaiseFormProps) {
  return (
    <FormDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Raise to a dispute"
      description="A dispute has positions that people hold, and evidence for and against each. The note and its replies stay."
      send="Raise it"
      shown={['question']}
      onSend={async (fields) => {
        const { id } = await raiseThread(threadId, String(fields.get('question')))
        location.assign(`/disputes/${id}`)
      }}
    >
      {(errors) => (
        <QuestionField
          defaultValue={words.length <= 200 && !words.includes('\n') ? words : ''}
          error={errors.question}
        />
      )}
    </FormDialog>
  )
}
