import { anchorWords } from '#components/editions/anchor-words.ts'
import { editionAddress } from '#components/editions/edition-words.ts'
import { useReader } from '#components/reader/reader-context.ts'
import type { ThreadWithReplies, VisiblePassage } from '#domain/wire/thread.ts'
import styles from './anchor-lines.module.css'

/** What became of a thread's words in the edition on view: nothing while they are the same. */
export function AnchorLines({ thread }: { readonly thread: ThreadWithReplies }) {
  const { data } = useReader()
  const { slug, edition, id } = data.document
  const passages = thread.passages.filter((passage) => !('hidden' in passage) && passage.documentId === id)
  return passages.map((passage) =>
    'hidden' in passage || anchorWords[passage.anchor.state].inMargin === null ? null : (
      <AnchorLine
        key={passage.id}
        passage={passage}
        decideAt={
          thread.may.change || thread.may.organize
            ? `${editionAddress(slug, edition.number)}?state=${passage.anchor.state}`
            : null
        }
      />
    ),
  )
}

interface AnchorLineProps {
  readonly passage: VisiblePassage
  /** Where this person decides about it; null for those who may not. */
  readonly decideAt: string | null
}

function AnchorLine({ passage: { exact, anchor }, decideAt }: AnchorLineProps) {
  const says = anchorWords[anchor.state].inMargin
  return (
    <div className={styles.line} data-state={anchor.state}>
      <p className={styles.says}>
        {anchor.state === 'uncertain' && decideAt ? <a href={decideAt}>{says}</a> : says}
      </p>
      <p className={styles.words} dir="auto">
        {anchor.state === 'orphaned' ? <del>{shorten(exact)}</del> : `“${shorten(exact)}”`}
      </p>
    </div>
  )
}

const shorten = (words: string) => (words.length > 160 ? `${words.slice(0, 160)}…` : words)
