import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './page.module.css'

export interface PageProps {
  readonly title: ReactNode
  /** A line under the title. */
  readonly lead?: ReactNode
  /** What can be done here, beside the title. */
  readonly actions?: ReactNode
  /** One column for forms and plain words; else the whole width. */
  readonly narrow?: boolean
  readonly children?: ReactNode
}

/** The main part of a page: its one `h1`, what can be done, and the rest beneath. */
export function Page({ title, lead, actions, narrow = false, children }: PageProps) {
  return (
    <main id="main" tabIndex={-1} className={classNames(styles.page, narrow && styles.narrow)}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <h1 className={styles.title} dir="auto">
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  )
}

/** A part of a page with a heading of its own. */
export function PageSection({
  title,
  lead,
  isOnPaper = true,
  children,
}: {
  title: string
  lead?: ReactNode
  /** Left out where the page is printed: something to do here, nothing to read. */
  isOnPaper?: boolean
  children: ReactNode
}) {
  return (
    <section className={classNames(styles.section, !isOnPaper && styles.onScreen)}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {lead && <p className={styles.sectionLead}>{lead}</p>}
      {children}
    </section>
  )
}
