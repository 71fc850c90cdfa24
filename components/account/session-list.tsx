import { CalendarDate } from '#components/ui/calendar-date.tsx'
import type { SessionRow } from '#domain/wire/account.ts'
import { browserWords } from './browser-words.ts'
import styles from './rows.module.css'

/** The browsers that are signed in. */
export function SessionList({ sessions }: { readonly sessions: readonly SessionRow[] }) {
  return (
    <ul className={styles.rows}>
      {sessions.map(({ userAgent, createdAt, lastSeenAt }) => (
        <li key={`${createdAt} ${userAgent}`} className={styles.row}>
          <p className={styles.name}>{browserWords(userAgent)}</p>
          <p className={styles.more}>
            Since <CalendarDate instant={createdAt} />, last seen <CalendarDate instant={lastSeenAt} />
          </p>
        </li>
      ))}
    </ul>
  )
}
