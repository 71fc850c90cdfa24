import type { CSSProperties } from 'react'
import styles from './avatar.module.css'
import { initialsOf } from './initials.ts'

export interface AvatarProps {
  readonly name: string
  /** The person's colour as the server gives it, any CSS colour; left out: the ink's. */
  readonly color?: string
  /** A person who is writing just now. */
  readonly writing?: boolean
  /** Beside the name itself the face need not say it again. */
  readonly decorative?: boolean
}

/** A person's face: initials in a ring of their colour, the initials in ink so that they can be read in any colour. */
export function Avatar({ name, color, writing = false, decorative = false }: AvatarProps) {
  const style: CSSProperties & Record<'--person', string> = { '--person': color ?? 'var(--edge)' }
  const label = writing ? `${name}, writing` : name
  return (
    <span
      className={styles.avatar}
      style={style}
      data-writing={writing || undefined}
      title={decorative ? undefined : label}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <span aria-hidden="true">{initialsOf(name)}</span>
    </span>
  )
}
