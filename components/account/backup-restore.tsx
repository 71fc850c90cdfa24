'use client'

import { type FormEvent, useRef, useState } from 'react'
import { uploadFile } from '#components/client/upload-file.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { type Restored, setupHeader } from '#domain/wire/backup.ts'

export interface BackupRestoreProps {
  /** That of the setup link. */
  readonly secret: string
  readonly onRestored: (restored: Restored) => void
}

/** Sends a backup to a server that is still empty. */
export function BackupRestore({ secret, onRestored }: BackupRestoreProps) {
  const { busy, problem, submit } = useSubmission()
  const [sent, setSent] = useState(0)
  const stopper = useRef<AbortController | null>(null)

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const body = new FormData(event.currentTarget).get('file')
    if (!(body instanceof File)) return
    const stop = new AbortController()
    stopper.current = stop
    setSent(0)
    await submit(async () => {
      const call = {
        path: '/setup/backup',
        body,
        headers: { [setupHeader]: secret },
        onSent: setSent,
        signal: stop.signal,
      }
      onRestored(await uploadFile<Restored>(call))
    })
  }

  return (
    <form className={form.form} onSubmit={send}>
      <FormProblem problem={problem?.code === 'aborted' ? null : problem} />
      <Field
        label="Backup file"
        hint="As another server made it, of this release or an older one. Nothing is brought back unless all of it is whole."
        control={(ties) => <input {...ties} type="file" name="file" required disabled={busy} />}
      />
      {busy && (
        <Progress
          label={sent < 1 ? 'It is on its way…' : 'The server checks it and brings everything back…'}
          done={sent < 1 ? sent : null}
        />
      )}
      <div className={form.buttons}>
        <Button type="submit" busy={busy}>
          Bring it back
        </Button>
        {busy && sent < 1 && <Button onClick={() => stopper.current?.abort()}>Stop</Button>}
      </div>
    </form>
  )
}
