import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { anchorWords } from '#components/editions/anchor-words.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import type { VisiblePassage } from '#domain/wire/thread.ts'
import { kindWords } from './kind-words.ts'
import { NoteBody } from './note-body.tsx'
import styles from './notes-list.module.css'

export interface NotesListProps {
  readonly threads: readonly PlacedThread[]
  /** Whether these are all notes of the section. */
  readonly isWhole: boolean
  readonly blocks: readonly { readonly start: number; readonly end: number; readonly number: number | null }[]
}

/** The notes of a section one after the other, for paper and for browsers without JavaScript. */
export function NotesList({ threads, isWhole, blocks }: NotesListProps) {
  return (
    <section className={styles.notes} aria-label="Notes">
      <h2>Notes</h2>
      <ol>
        {threads.map(({ thread, ranges }) => {
          const block = ranges[0] && blockAt(blocks, ranges[0].start)
          const passage = thread.passages.find((each): each is VisiblePassage => !('hidden' in each))
          const became = passage && anchorWords[passage.anchor.state].inMargin
          return (
            <li key={thread.id} id={`note-of-${thread.id}`}>
              <p className={styles.head}>
                {block?.number && (
                  <>
                    <a href={`#p${block.number}`}>¶ {block.number}</a>{' '}
                  </>
                )}
                <strong>{thread.author.name}</strong>, {kindWords[thread.kind].one}
                {thread.status === 'resolved' && ', resolved'}
              </p>
              {passage && (
                <blockquote dir="auto">
                  {passage.anchor.state === 'orphaned' ? (
                    <del>{shorten(passage.exact)}</del>
                  ) : (
                    shorten(passage.exact)
                  )}
                </blockquote>
              )}
              {became && <p className={styles.head}>{became}</p>}
              {thread.note && thread.note.text !== '' && <NoteBody json={thread.note.json} />}
              {thread.replies
                .filter((reply) => reply.deletedAt === null)
                .map((reply) => (
                  <div key={reply.id} className={styles.reply}>
                    <p className={styles.head}>
                      <strong>{reply.author.name}</strong>, reply
                    </p>
                    <NoteBody json={reply.body ?? {}} />
                  </div>
                ))}
            </li>
          )
        })}
      </ol>
      {!isWhole && (
        <p className={styles.head}>There are more notes than a list can hold: the margin has them all.</p>
      )}
    </section>
  )
}

const shorten = (words: string) => (words.length > 200 ? `${words.slice(0, 200)}…` : words)
