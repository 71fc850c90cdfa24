import { TimeAgo } from '#components/margin/time-ago.tsx'
import type { DisputeNews } from '#domain/wire/dispute.ts'
import { statusWords } from './dispute-words.ts'
import styles from './register.module.css'

/** What is new in the disputes that somebody follows, the newest first. */
export function NewsList({ news }: { readonly news: readonly DisputeNews[] }) {
  return (
    <ul className={styles.newsList}>
      {news.map(({ dispute, event }) => (
        <li key={`${dispute.id}-${event.number}`}>
          <a href={`/disputes/${dispute.id}`} dir="auto">
            {dispute.question}
          </a>
          <span className={styles.source}>
            {' '}
            {newsWords(event)} <TimeAgo instant={event.at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function newsWords(event: DisputeNews['event']): string {
  if (event.kind === 'status') {
    return event.to === 'open'
      ? `reopened by ${event.by.name}`
      : `${statusWords[event.to].is.toLowerCase()} by ${event.by.name}`
  }
  if (event.kind === 'position-reworded') return `a position worded otherwise by ${event.by.name}`
  return 'by' in event ? `new evidence by ${event.by.name}` : 'new evidence in a text that you may not open'
}
