import type { ReactNode } from 'react'
import styles from './icon.module.css'

/** The signs in use. Each stands beside words, or inside a control that has a name of its own. */
export type IconName =
  | 'add'
  | 'check'
  | 'close'
  | 'copy'
  | 'down'
  | 'more'
  | 'problem'
  | 'remove'
  | 'search'
  | 'up'

/** A line drawing at the size of the words beside it, hidden from those who hear the page. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  )
}

const drawings: Readonly<Record<IconName, ReactNode>> = {
  add: <path d="M8 3v10M3 8h10" />,
  check: <path d="m3 8.5 3.5 3.5L13 4.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: <path d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" />,
  down: <path d="m4 6 4 4 4-4" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />,
  problem: <path d="M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.6v.1" />,
  remove: <path d="M3 8h10" />,
  search: <path d="M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM10.3 10.3l3.4 3.4" />,
  up: <path d="m4 10 4-4 4 4" />,
}
