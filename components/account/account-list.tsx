import type { z } from 'zod'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import type { account } from '#domain/wire/account.ts'
import styles from './rows.module.css'

/** Everybody with an account, in the order given. */
export function AccountList({ accounts }: { readonly accounts: readonly z.infer<typeof account>[] }) {
  return (
    <ul className={styles.rows}>
      {accounts.map(({ id, name, email, admin, createdAt }) => (
        <li key={id} className={styles.row}>
          <div>
            <p className={styles.name} dir="auto">
              {name}
            </p>
            <p className={styles.more}>{email}</p>
          </div>
          <p className={styles.more}>
            {admin && 'Administrator · '}since <CalendarDate instant={createdAt} />
          </p>
        </li>
      ))}
    </ul>
  )
}
