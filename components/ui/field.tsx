import { type ReactNode, useId } from 'react'
import styles from './field.module.css'
import { Icon } from './icon.tsx'

export interface FieldWords {
  readonly label: string
  /** What helps to fill it in. */
  readonly hint?: ReactNode
  /** What is wrong with what was filled in, for people. */
  readonly error?: string | null
}

/** What a control needs to be tied to its label, hint and error. */
export interface FieldTies {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly className: string | undefined
}

/** A label, a control, and beneath it a hint and an error, tied together for those who hear the page. */
export function Field({
  label,
  hint,
  error,
  control,
}: FieldWords & { readonly control: (ties: FieldTies) => ReactNode }) {
  const id = useId()
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {control({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        className: styles.control,
      })}
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon name="problem" /> {error}
        </p>
      )}
    </div>
  )
}
