'use client'

import type { ComponentProps, Ref } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'

/**
 * How much a button asks for attention: `primary` once on a page, `quiet` for the rest, `plain` inside lines and
 * lists, `danger` for what cannot be taken back.
 */
export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'danger'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  /** The work it began is under way: it says so and takes no second press, but keeps the focus. */
  readonly busy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button; `type` is `button` unless said otherwise. */
export function Button({ look = 'quiet', busy = false, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      className={classNames(styles.button, styles[look], className)}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  )
}
