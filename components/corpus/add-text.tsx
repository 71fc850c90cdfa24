'use client'

import { type DragEvent, type FormEvent, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Progress } from '#components/ui/progress.tsx'
import type { Document } from '#domain/wire/document.ts'
import { AboutFields, type AboutFieldsProps } from './about-fields.tsx'
import { SourceFields, type SourceKind } from './source-fields.tsx'
import { TextAdded } from './text-added.tsx'
import { toFieldErrors } from './text-form.ts'
import { useTextSubmission } from './use-text-submission.ts'

const shownFields = ['file', 'content', 'title', 'authors', 'language']

/** Brings a text into the corpus: from a file or pasted, with what is said about it. */
export function AddText({ groups, visibilities }: Omit<AboutFieldsProps, 'errors'>) {
  const [made, setMade] = useState<Document | null>(null)
  const [kind, setKind] = useState<SourceKind>('file')
  const [isDropTarget, setDropTarget] = useState(false)
  const fileField = useRef<HTMLInputElement>(null)
  const text = useTextSubmission(setMade)
  const errors = toFieldErrors(text.problem?.fields ?? {})

  if (made) return <TextAdded document={made} />

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void text.submit(new FormData(event.currentTarget))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDropTarget(false)
    if (!fileField.current || event.dataTransfer.files.length === 0) return
    fileField.current.files = event.dataTransfer.files
    fileField.current.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const hold = (event: DragEvent) => {
    event.preventDefault()
    setDropTarget(true)
  }
  return (
    <form
      className={form.form}
      aria-label="Add a text"
      onSubmit={submit}
      onChange={text.changed}
      onDragOver={hold}
      onDragLeave={() => setDropTarget(false)}
      onDrop={drop}
    >
      <SourceFields
        kind={kind}
        onKind={setKind}
        fileField={fileField}
        isDropTarget={isDropTarget}
        error={errors.file ?? errors.content}
      />
      <AboutFields groups={groups} visibilities={visibilities} errors={errors} />
      {text.problem?.code !== 'aborted' && (
        <FormProblem problem={text.problem} shown={Object.keys(errors).filter(isShown)} />
      )}
      {text.busy && (
        <Progress
          label={text.sent < 1 && kind === 'file' ? 'Sending the file' : 'Reading the text'}
          done={text.sent < 1 && kind === 'file' ? text.sent : null}
        />
      )}
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={text.busy}>
          {text.busy ? 'Adding…' : 'Add this text'}
        </Button>
        {text.busy && <Button onClick={text.stop}>Stop</Button>}
      </div>
    </form>
  )
}

const isShown = (field: string) => shownFields.includes(field)
