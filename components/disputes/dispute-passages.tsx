'use client'

import { useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { NoteBody } from '#components/margin/note-body.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { PageSection } from '#components/ui/page.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import styles from './dispute.module.css'
import { addPassage, removePassage } from './dispute-api.ts'
import type { DisputePartProps } from './dispute-part-props.ts'
import { PassageFinder } from './passage-finder.tsx'
import { QuotedPassage } from './quoted-passage.tsx'

/** What a dispute is about: its passages side by side, each in its text, and what the note that was raised says. */
export function DisputePassages({ dispute, onDispute }: DisputePartProps) {
  const { passages, note, may } = dispute
  const { problem, submit } = useSubmission()
  const takeOut = (passageId: string) =>
    void submit(async () => onDispute(await removePassage(dispute.id, passageId)))
  return (
    <PageSection title={passages.length > 1 ? 'The passages' : 'The passage'}>
      {passages.length === 0 && <p className={styles.quiet}>It is about a document as a whole.</p>}
      <div className={styles.passages}>
        {passages.map((passage) =>
          'hidden' in passage ? (
            <p key={passage.id} className={styles.quiet}>
              A passage in a text that you may not open.
            </p>
          ) : (
            <div key={passage.id}>
              <QuotedPassage passage={passage} isWhole />
              {may.reshape && passages.length > 1 && (
                <Button
                  look="plain"
                  aria-label={`Take out the passage of ${passage.document.title}`}
                  onClick={() => takeOut(passage.id)}
                >
                  Take it out
                </Button>
              )}
            </div>
          ),
        )}
      </div>
      <FormProblem problem={problem} />
      {may.reshape && <AddPassage dispute={dispute} onDispute={onDispute} />}
      {note && note.text !== '' && (
        <div className={styles.opening}>
          <p className={styles.quiet}>{note.author.name}</p>
          <NoteBody json={note.json} />
        </div>
      )}
    </PageSection>
  )
}

function AddPassage({ dispute, onDispute }: DisputePartProps) {
  const [isOpen, setOpen] = useState(false)
  const [passage, setPassage] = useState<NewPassage | null>(null)
  return (
    <>
      <Button className={styles.add} onClick={() => setOpen(true)}>
        Add a passage…
      </Button>
      <FormDialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Add a passage"
        description="Of this text or any other; it is shown beside those that are here."
        send="Add it"
        onSend={async () => {
          if (!passage) throw new ApiError('incomplete', 'Find the words that it is about first.', 0)
          onDispute(await addPassage(dispute.id, passage))
        }}
      >
        {() => <PassageFinder documentId={dispute.documentId} onPassage={setPassage} />}
      </FormDialog>
    </>
  )
}
