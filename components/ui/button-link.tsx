import type { ComponentProps } from 'react'
import styles from './button.module.css'
import type { ButtonLook } from './button.tsx'
import { classNames } from './class-names.ts'

/** A link that looks like a button, for a step that leads to another page. */
export function ButtonLink({
  look = 'quiet',
  className,
  ...rest
}: ComponentProps<'a'> & { readonly look?: ButtonLook }) {
  return <a {...rest} className={classNames(styles.button, styles[look], className)} />
}
