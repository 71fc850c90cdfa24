'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { RosterLine, RosterReport } from '#domain/wire/group.ts'
import { fetchGroup, sendRoster } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import styles from './groups.module.css'
import { RoleChoice, readRole } from './role-choice.tsx'
import { roleWords } from './role-words.ts'

export interface RosterDialogProps extends GroupPart {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Brings in many people at once, and reports of each. */
export function RosterDialog({ open, onOpenChange, ...part }: RosterDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Bring in a class list"
      description="One person a line: name, e-mail, role. Who has an account joins at once; everybody else gets a link of their own."
    >
      <RosterBody {...part} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function RosterBody({ group, rights, onGroup, onClose }: GroupPart & { readonly onClose: () => void }) {
  const [report, setReport] = useState<RosterReport | null>(null)
  const [csv, setCsv] = useState('')
  const { busy, problem, submit } = useSubmission()
  if (report) return <Report report={report} onClose={onClose} />
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        const role = readRole(new FormData(event.currentTarget), rights.inviteTo)
        void submit(async () => {
          setReport(await sendRoster(group.id, csv, role))
          onGroup(await fetchGroup(group.id))
        })
      }}
    >
      <label className={styles.file}>
        A file from a spreadsheet (CSV)
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={({ target }) => void target.files?.[0]?.text().then(setCsv)}
        />
      </label>
      <TextArea
        label="Or type it here"
        rows={6}
        required
        value={csv}
        placeholder="Ada Lovelace, ada@example.org, reader"
        onChange={({ target }) => setCsv(target.value)}
        error={problem?.fields.csv}
      />
      <RoleChoice roles={rights.inviteTo} chosen="reader" legend="Role of who has none in the list" />
      <FormProblem problem={problem} shown={['csv']} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Bring them in
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

function Report({ report, onClose }: { readonly report: RosterReport; readonly onClose: () => void }) {
  const links = report.lines.flatMap(({ email, url }) => (url ? [`${email}\t${url}`] : []))
  const count = (outcome: RosterLine['outcome']) =>
    report.lines.filter((line) => line.outcome === outcome).length
  return (
    <div className={form.form}>
      <p role="status">
        {count('joined')} joined, {count('invited')} invited, {count('member')} were members already,{' '}
        {count('refused')} refused.
      </p>
      <ul className={styles.plainList}>
        {report.lines.map((line) => (
          <li key={line.line} className={styles.reportLine} data-outcome={line.outcome}>
            <bdi>{line.name || line.email}</bdi>
            <span className={styles.says}>
              Line {line.line}: {outcomeWords(line)}
            </span>
          </li>
        ))}
      </ul>
      {links.length > 0 && <p className={styles.says}>The links are shown this once: hand them on now.</p>}
      <div className={form.buttons}>
        {links.length > 0 && <CopyButton text={links.join('\n')} what="all links" />}
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

function outcomeWords({ outcome, role, reason, mailed }: RosterLine): string {
  const as = role ? ` as ${roleWords[role].one}` : ''
  if (outcome === 'refused') return `not taken: ${reason ?? ''}`
  if (outcome === 'member') return 'a member already'
  if (outcome === 'joined') return `joined${as}`
  return mailed ? `invited${as} by mail` : `gets a link${as}`
}
