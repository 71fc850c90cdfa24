'use client'

import { useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { NoteBody } from '#components/margin/note-body.tsx'
import { TimeAgo } from '#components/margin/time-ago.tsx'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { Reply } from '#domain/wire/thread.ts'
import styles from './dispute.module.css'
import { sendReply } from './dispute-api.ts'

export interface AnswersProps {
  readonly dispute: Dispute
  readonly replies: readonly Reply[]
  /** The evidence that is answered, with its number in the dispute; null: the dispute itself. */
  readonly evidence: { readonly id: string; readonly number: number } | null
  readonly onSent: () => Promise<void>
}

/** What was said of a dispute or of a piece of its evidence, and a place to answer. */
export function Answers({ dispute, replies, evidence, onSent }: AnswersProps) {
  /** The id that the answer will have, however often it must be sent; null while none is written. */
  const [id, setId] = useState<string | null>(null)
  const { replyIn } = dispute.may
  const groupId = replyIn.find((id) => id === dispute.room?.groupId) ?? replyIn[0]
  return (
    <div>
      {replies.length > 0 && (
        <ol
          className={styles.answers}
          aria-label={evidence ? `Answers to evidence ${evidence.number}` : 'Discussion'}
        >
          {replies.map((reply) => (
            <li key={reply.id}>
              {reply.deletedAt !== null ? (
                <p className={styles.quiet}>Reply by {reply.author.name} deleted.</p>
              ) : (
                <>
                  <p className={styles.quiet}>
                    <span className={styles.person}>{reply.author.name}</span>{' '}
                    <TimeAgo instant={reply.createdAt} />
                  </p>
                  <NoteBody json={reply.body ?? {}} />
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {groupId !== undefined &&
        (id !== null ? (
          <AnswerForm
            onSend={async (body) => {
              const reply = { id, body, groupId: groupId ?? undefined }
              await sendReply(dispute.threadId, { ...reply, evidenceId: evidence?.id })
              await onSent()
              setId(null)
            }}
            onCancel={() => setId(null)}
          />
        ) : (
          <Button
            look="plain"
            aria-label={evidence ? `Answer evidence ${evidence.number}` : undefined}
            onClick={() => setId(newId())}
          >
            {evidence ? 'Answer' : 'Say something'}
          </Button>
        ))}
    </div>
  )
}

function AnswerForm(props: { onSend: (body: string) => Promise<void>; onCancel: () => void }) {
  const { busy, problem, submit } = useSubmission()
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        const body = String(new FormData(event.currentTarget).get('body'))
        void submit(() => props.onSend(body))
      }}
    >
      <TextArea label="Your answer" name="body" rows={3} required autoFocus />
      <FormProblem problem={problem} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Send
        </Button>
        <Button look="plain" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
