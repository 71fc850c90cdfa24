import { NoteBody } from '#components/margin/note-body.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './commentary-text.module.css'

export interface CommentaryTextProps {
  readonly slug: string
  readonly documentId: string
  /** In the order of the text. */
  readonly threads: readonly ThreadWithReplies[]
}

/** A commentary without its text: the words it is about, then what is said of them, one after the other. */
export function CommentaryText({ slug, documentId, threads }: CommentaryTextProps) {
  if (threads.length === 0) return <Notice face="empty" title="Nothing is said about this text yet" />
  return (
    <ol className={styles.commentary}>
      {threads.map((thread) => (
        <li key={thread.id} className={styles.entry} id={`n-${thread.id}`}>
          <Lemma thread={thread} documentId={documentId} href={readAddress(slug, { threadId: thread.id })} />
          <NoteBody json={thread.note?.json ?? {}} />
          <p className={styles.by}>{thread.author.name}</p>
        </li>
      ))}
    </ol>
  )
}

/** The words that a note is about, leading to where they stand. */
function Lemma({
  thread,
  documentId,
  href,
}: {
  readonly thread: ThreadWithReplies
  readonly documentId: string
  readonly href: string
}) {
  const words = thread.passages.flatMap((passage) =>
    'hidden' in passage || passage.documentId !== documentId ? [] : [passage.exact],
  )
  return (
    <h2 className={styles.lemma} dir="auto">
      <a href={href}>{words.length === 0 ? 'On the whole' : words.map(shorten).join(' … ')}</a>
    </h2>
  )
}

const longest = 240

const shorten = (words: string) =>
  words.length <= longest ? words : `${words.slice(0, longest / 2)} … ${words.slice(-longest / 2)}`
