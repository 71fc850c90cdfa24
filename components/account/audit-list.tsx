import type { AuditEntry } from '#domain/wire/audit.ts'
import styles from './audit.module.css'
import { auditFacts, auditWords } from './audit-words.ts'

const instant = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** What happened, the newest first. Times are in UTC, the same for whoever compares them. */
export function AuditList({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <table className={styles.audit}>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <time dateTime={entry.at}>{instant.format(Date.parse(entry.at))}</time>
            </td>
            <td dir="auto">
              {entry.actor?.name || (entry.address === null ? 'the server' : 'somebody without a sign-in')}
            </td>
            <td>
              {auditWords(entry)}
              <About entry={entry} />
            </td>
            <td>{entry.address ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whom and what it was about. */
function About({ entry }: { readonly entry: AuditEntry }) {
  const { subject, group, document, layer } = entry
  const about = [
    subject && subject.id !== entry.actor?.id && subject.name,
    group?.name,
    document?.title,
    layer?.name,
    ...auditFacts(entry),
  ].filter(Boolean)
  if (about.length === 0) return null
  return (
    <span className={styles.about} dir="auto">
      {about.join(' · ')}
    </span>
  )
}
