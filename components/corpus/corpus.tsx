import { ButtonLink } from '#components/ui/button-link.tsx'
import { Page } from '#components/ui/page.tsx'
import type { Document } from '#domain/wire/document.ts'
import styles from './corpus.module.css'
import { CorpusEmpty } from './corpus-empty.tsx'
import { CorpusSearch } from './corpus-search.tsx'
import { DocumentList } from './document-list.tsx'

export interface CorpusProps {
  readonly documents: readonly Document[]
  /** What was searched for; empty when nothing was. */
  readonly words: string
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
  readonly isFirstPage: boolean
  readonly mayAdd: boolean
  readonly isSignedIn: boolean
}

/** The documents that one may read, and the ways to find and add some. */
export function Corpus({ documents, words, next, isFirstPage, mayAdd, isSignedIn }: CorpusProps) {
  const isBare = documents.length === 0 && words === '' && isFirstPage
  return (
    <Page
      title="Corpus"
      lead={isSignedIn ? undefined : 'What everyone may read here. Sign in to see more, and to write.'}
      actions={
        mayAdd &&
        !isBare && (
          <ButtonLink look="primary" href="/corpus/add">
            Add a text
          </ButtonLink>
        )
      }
    >
      {!isBare && <CorpusSearch words={words} />}
      {documents.length > 0 ? (
        <DocumentList documents={documents} showVisibility={isSignedIn} />
      ) : (
        <CorpusEmpty words={words} mayAdd={mayAdd} isSignedIn={isSignedIn} />
      )}
      {(next !== null || !isFirstPage) && (
        <nav className={styles.paging} aria-label="Pages of the corpus">
          {!isFirstPage && <ButtonLink href={toAddress(words, null)}>First page</ButtonLink>}
          {next !== null && (
            <ButtonLink href={toAddress(words, next)} rel="next">
              Next page
            </ButtonLink>
          )}
        </nav>
      )}
    </Page>
  )
}

function toAddress(words: string, cursor: string | null): string {
  const query = new URLSearchParams()
  if (words) query.set('q', words)
  if (cursor) query.set('cursor', cursor)
  return query.size > 0 ? `/?${query}` : '/'
}
