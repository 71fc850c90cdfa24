import { CalendarDate } from '#components/ui/calendar-date.tsx'
import type { AccountRow } from '#domain/wire/account.ts'
import { AccountActions } from './account-actions.tsx'
import styles from './rows.module.css'

export interface AccountListProps {
  readonly accounts: readonly AccountRow[]
  /** Who looks: nobody disables themselves. */
  readonly ownId: string
}

/** Everybody with an account, in the order given, with what an administrator may do about each. */
export function AccountList({ accounts, ownId }: AccountListProps) {
  return (
    <ul className={styles.rows}>
      {accounts.map((account) => (
        <li key={account.id} className={styles.row}>
          <div>
            <p className={styles.name} dir="auto">
              {account.name}
            </p>
            <p className={styles.more}>{account.email}</p>
            <p className={styles.more}>
              {account.disabled && 'Disabled · '}
              {account.admin && 'Administrator · '}since <CalendarDate instant={account.createdAt} />
            </p>
          </div>
          <AccountActions account={account} isOwn={account.id === ownId} />
        </li>
      ))}
    </ul>
  )
}
