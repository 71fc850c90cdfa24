import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import styles from './close-button.module.css'
import { Icon } from './icon.tsx'

export interface CloseButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it is called for those who hear the page: “Close the notes”. */
  readonly label?: string
  /** It stands in the upper corner of what it closes, which is positioned. */
  readonly inCorner?: boolean
}

/** The cross that closes what it stands on. */
export function CloseButton({ label = 'Close', inCorner = false, className, ...rest }: CloseButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={classNames(styles.close, inCorner && styles.corner, className)}
    >
      <Icon name="close" />
    </button>
  )
}
