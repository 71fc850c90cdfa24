import styles from './loading-lines.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Lines where text will stand. They keep still. */
export function LoadingLines({ label, lines = 5 }: { readonly label: string; readonly lines?: number }) {
  return (
    <div className={styles.lines} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {[...Array(lines).keys()].map((line) => (
        <span key={line} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  )
}
