import { ButtonLink } from './button-link.tsx'
import { Notice } from './notice.tsx'
import { Page } from './page.tsx'

/** The page in place of what does not exist or may not be read: the same for both. */
export function NothingHere() {
  return (
    <Page title="Nothing here" narrow>
      <Notice face="empty" actions={<ButtonLink href="/">To the corpus</ButtonLink>}>
        There is nothing at this address that you may read. It may have been withdrawn, or be kept for a
        group.
      </Notice>
    </Page>
  )
}

/** The page in place of what one may know of but not do. */
export function NotAllowed() {
  return (
    <Page title="You may not do this" narrow>
      <Notice face="refused" actions={<ButtonLink href="/">To the corpus</ButtonLink>}>
        Your account does not allow it. If you think it should, ask the person who runs this server or your
        group.
      </Notice>
    </Page>
  )
}
