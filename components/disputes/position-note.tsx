'use client'

import { Suspense, useState } from 'react'
import { NoteBody } from '#components/margin/note-body.tsx'
import { NoteWordings } from '#components/margin/note-wordings.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { DisputePosition } from '#domain/wire/dispute.ts'
import styles from './dispute.module.css'
import { positionVersions, restorePositionNote } from './dispute-api.ts'
import type { DisputePartProps } from './dispute-part-props.ts'

const LiveNote = lazyPart(async () => (await import('#components/margin/note-editor.tsx')).NoteEditor)

export interface PositionNoteProps extends DisputePartProps {
  readonly position: DisputePosition
  readonly me: { readonly id: string; readonly name: string } | null
}

/** The note under a position: its holders write it together, everybody else reads it, and what it said before. */
export function PositionNote({ dispute, position, me, onDispute }: PositionNoteProps) {
  const [isWriting, setWriting] = useState(false)
  const [showsHistory, setShowsHistory] = useState(false)
  const { note, mayWrite, number, id } = position
  const words = note.text === '' ? null : <NoteBody json={note.json} />
  if (isWriting && mayWrite) {
    return (
      <div className={styles.note}>
        <Suspense fallback={words}>
          <LiveNote noteId={id} me={me} isWriting label={`The note of position ${number}`} />
        </Suspense>
        <Button look="plain" onClick={() => setWriting(false)}>
          Done
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.note}>
      {words}
      {mayWrite && (
        <Button look="plain" onClick={() => setWriting(true)}>
          {words ? 'Go on writing' : 'Write out this position'}
        </Button>
      )}
      {words && (
        <Button
          look="plain"
          aria-label={`History of the note of position ${number}`}
          aria-expanded={showsHistory}
          onClick={() => setShowsHistory(!showsHistory)}
        >
          History
        </Button>
      )}
      {showsHistory && <PositionNoteHistory dispute={dispute} position={position} onDispute={onDispute} />}
    </div>
  )
}

function PositionNoteHistory({ dispute, position, onDispute }: Omit<PositionNoteProps, 'me'>) {
  const { problem, submit } = useSubmission()
  const bringBack = (version: number) =>
    void submit(async () => onDispute(await restorePositionNote(dispute.id, position.id, version)))
  return (
    <>
      <FormProblem problem={problem} />
      <NoteWordings
        noteId={position.id}
        text={position.note.text}
        changes={dispute.version}
        load={(id) => positionVersions(dispute.id, id)}
        onBringBack={position.mayWrite ? bringBack : null}
      />
    </>
  )
}
