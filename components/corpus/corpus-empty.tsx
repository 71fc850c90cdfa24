import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'

export interface CorpusEmptyProps {
  /** What was searched for; empty when nothing was. */
  readonly words: string
  readonly mayAdd: boolean
  readonly isSignedIn: boolean
}

/** Why there is no document to show, and what can be done about it. */
export function CorpusEmpty({ words, mayAdd, isSignedIn }: CorpusEmptyProps) {
  if (words) {
    return (
      <Notice
        face="empty"
        title="Nothing found"
        actions={<ButtonLink href="/">Show the whole corpus</ButtonLink>}
      >
        No title or author among what you may read has “<bdi>{words}</bdi>”. To search inside a text, open it.
      </Notice>
    )
  }
  if (mayAdd) {
    return (
      <Notice
        face="empty"
        title="No texts yet"
        actions={<ButtonLink href="/corpus/add">Add your first text</ButtonLink>}
      >
        A text that is brought in is set for reading, and a group can then write in its margin.
      </Notice>
    )
  }
  if (isSignedIn) {
    return (
      <Notice
        face="empty"
        title="No texts yet"
        actions={<ButtonLink href="/groups">To your groups</ButtonLink>}
      >
        You see a text here once a group of yours has put it on its reading list.
      </Notice>
    )
  }
  return (
    <Notice face="empty" title="No public texts" actions={<ButtonLink href="/sign-in">Sign in</ButtonLink>}>
      The texts of this server are kept for those with an account.
    </Notice>
  )
}
