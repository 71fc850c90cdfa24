import styles from './dispute.module.css'

const formats = [
  { format: 'md', label: 'Markdown' },
  { format: 'csv', label: 'CSV' },
  { format: 'argdown', label: 'Argdown' },
  { format: 'jsonld', label: 'Web Annotations' },
] as const

/** A dispute, or what the register shows, as files and as a page for paper. `query` is the register's filter. */
export function ExportLinks({ path, query }: { readonly path: string; readonly query: string }) {
  const more = query === '' ? '' : `&${query}`
  return (
    <ul className={styles.exports}>
      <li>
        <a href={`${path}/print${query === '' ? '' : `?${query}`}`}>Page to print</a>
      </li>
      {formats.map(({ format, label }) => (
        <li key={format}>
          <a href={`/api/v1${path}/export?format=${format}${more}`} download>
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}
