'use client'

import { type DragEvent, type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { SourceFields, type SourceKind } from './source-fields.tsx'
import type { TextSubmission } from './use-text-submission.ts'

export interface SourceFormProps {
  /** The name of the form, for those who hear the page. */
  readonly label: string
  readonly text: TextSubmission
  /** What the server said against single fields; `shown` are the fields that tell it themselves. */
  readonly errors: Readonly<Record<string, string>>
  readonly shown: readonly string[]
  readonly submitWords: { readonly ready: string; readonly busy: string }
  /** What the server does once everything is sent: “Reading the text”. */
  readonly reading: string
  /** Further fields, between the source and the button. */
  readonly children?: ReactNode
}

/** A form that sends a text: a file, chosen or dropped, or pasted words; with its progress and what was refused. */
export function SourceForm({ label, text, errors, shown, submitWords, reading, children }: SourceFormProps) {
  const [kind, setKind] = useState<SourceKind>('file')
  const [isDropTarget, setDropTarget] = useState(false)
  const fileField = useRef<HTMLInputElement>(null)
  const isSending = text.sent < 1 && kind === 'file'

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
      aria-label={label}
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
      {children}
      {text.problem?.code !== 'aborted' && (
        <FormProblem
          problem={text.problem}
          shown={Object.keys(errors).filter((field) => shown.includes(field))}
        />
      )}
      {text.busy && (
        <Progress label={isSending ? 'Sending the file' : reading} done={isSending ? text.sent : text.done} />
      )}
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={text.busy}>
          {text.busy ? submitWords.busy : submitWords.ready}
        </Button>
        {text.busy && <Button onClick={text.stop}>Stop</Button>}
      </div>
    </form>
  )
}
