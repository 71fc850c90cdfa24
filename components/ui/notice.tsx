import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import styles from './notice.module.css'

/**
 * Why there is nothing else to show: `empty` (nothing yet), `refused` (not for this person), `failed` (something
 * broke), `offline`, or `done`. Each has its own words and, but for `empty`, its own colour and sign.
 */
export type NoticeFace = 'empty' | 'refused' | 'failed' | 'offline' | 'done'

export interface NoticeProps {
  readonly face: NoticeFace
  readonly title?: string
  readonly children?: ReactNode
  /** What can be done about it: buttons or links. */
  readonly actions?: ReactNode
  /** `h2` unless the notice is the whole page. */
  readonly heading?: 'h1' | 'h2' | 'h3'
  /** Read out when it appears after something the person did. */
  readonly announce?: boolean
}

/** A state of a page or a part of it, said in words. */
export function Notice({ face, title, children, actions, heading: Heading = 'h2', announce }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, styles[face])} role={announce ? 'alert' : undefined}>
      {title && (
        <Heading className={styles.title}>
          {face === 'failed' && <Icon name="problem" />} {title}
        </Heading>
      )}
      {children && <div className={styles.body}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
