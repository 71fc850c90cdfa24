'use client'

import { useRef, useState } from 'react'
import { downloadFile, saveFile } from '#components/client/download-file.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'

/** Has the server make a backup, and saves it where the browser puts downloads. */
export function BackupDownload() {
  const { busy, problem, submit } = useSubmission()
  const [received, setReceived] = useState<number | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const stopper = useRef<AbortController | null>(null)

  async function download() {
    const stop = new AbortController()
    stopper.current = stop
    setReceived(null)
    setSaved(null)
    await submit(async () => {
      const file = await downloadFile({ path: '/backup', onReceived: setReceived, signal: stop.signal })
      saveFile(file)
      setSaved(file.name)
    })
  }

  return (
    <div className={form.form}>
      <FormProblem problem={problem?.code === 'aborted' ? null : problem} />
      {busy && (
        <Progress
          label={received === null ? 'The server puts it together and checks it…' : 'It is on its way…'}
          done={received}
        />
      )}
      <div className={form.row}>
        <Button look="primary" busy={busy} onClick={download}>
          Download a backup
        </Button>
        {busy && <Button onClick={() => stopper.current?.abort()}>Stop</Button>}
      </div>
      <div role="status">
        {saved && (
          <Notice face="done" title="The backup is saved" heading="h3">
            <p>{saved} holds everything, private notes included: keep it where only you can read it.</p>
          </Notice>
        )}
      </div>
    </div>
  )
}
