import { TimeAgo } from '#components/margin/time-ago.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { GroupActivity as Activity } from '#domain/wire/group.ts'
import styles from './groups.module.css'

/** What was written in the group last. */
export function GroupActivity({ items }: { readonly items: readonly Activity[] }) {
  if (items.length === 0)
    return (
      <Notice face="empty" title="Nothing written yet" heading="h3">
        What members write in the margin is listed here.
      </Notice>
    )
  return (
    <ul className={styles.plainList}>
      {items.map(({ kind, threadId, document, layer, author, text, at }) => (
        <li key={`${kind} ${threadId} ${at}`} className={styles.happened}>
          <a href={readAddress(document.slug, { threadId })}>
            <bdi>{author.name}</bdi> {kind === 'reply' ? 'replied' : 'wrote'}
          </a>
          {text !== '' && (
            <q className={styles.words} dir="auto">
              {text}
            </q>
          )}
          <span className={styles.says}>
            <bdi>{document.title}</bdi>, {layer.name}, <TimeAgo instant={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
