import type { DisputeStatus } from '#domain/wire/thread.ts'
import { statusWords } from './dispute-words.ts'
import styles from './status-mark.module.css'

/** The status of a dispute: a word and a sign, and a colour besides. */
export function StatusMark({ status }: { readonly status: DisputeStatus }) {
  const { is, sign } = statusWords[status]
  return (
    <span className={styles.mark} data-status={status}>
      <span aria-hidden="true">{sign}</span> {is}
    </span>
  )
}
