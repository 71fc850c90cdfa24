import { useId } from 'react'
import styles from './progress.module.css'

export interface ProgressProps {
  readonly label: string
  /** The share that is done, 0 to 1; null while nobody can say. */
  readonly done: number | null
}

/** How far a piece of work has come, with its name. */
export function Progress({ label, done }: ProgressProps) {
  const id = useId()
  const percent = done === null ? null : Math.round(Math.min(1, Math.max(0, done)) * 100)
  return (
    <div className={styles.progress}>
      <label className={styles.label} htmlFor={id}>
        <span>{label}</span>
        <span aria-hidden="true">{percent === null ? '' : `${percent} %`}</span>
      </label>
      <progress id={id} className={styles.bar} max={100} {...(percent === null ? {} : { value: percent })} />
    </div>
  )
}
